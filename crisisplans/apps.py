from django.apps import AppConfig


class CrisisPlansConfig(AppConfig):
    name = "crisisplans"

    def ready(self) -> None:
        """Everything that others ask this app for is registered here, once, as the site starts."""
        from crisisplans import seeing, writing_notices
        from crisisplans.services import erasing

        erasing.register()
        seeing.register_all()
        writing_notices.register_all()
