from django.apps import AppConfig


class CrisisPlansConfig(AppConfig):
    name = "crisisplans"

    def ready(self) -> None:
        """Everything that others ask this app for is registered here, once, as the site starts."""
        from crisisplans import joining, opening_decided, opening_notices, opening_seeing, seeing, writing_notices
        from crisisplans.services import erasing

        joining.register_all()
        opening_decided.register_all()
        opening_notices.register_all()
        opening_seeing.register_all()
        erasing.register()
        seeing.register_all()
        writing_notices.register_all()
