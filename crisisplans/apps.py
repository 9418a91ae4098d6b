from django.apps import AppConfig


class CrisisPlansConfig(AppConfig):
    name = "crisisplans"

    def ready(self) -> None:
        """Everything that others ask this app for is registered here, once, as the site starts."""
        from crisisplans.services import erasing

        erasing.register()
