from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        from moderation import live, notifications, report_notices, seeing
        from moderation.services import erasing

        erasing.register()
        live.register_all()
        notifications.register_all()
        report_notices.register_all()
        seeing.register_all()
