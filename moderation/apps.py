from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        from moderation import (
            live,
            notifications,
            report_notices,
            seeing,
            staff_notices,
            staff_seeing,
            standing_notices,
            standing_seeing,
        )
        from moderation.services import erasing

        erasing.register()
        live.register_all()
        notifications.register_all()
        report_notices.register_all()
        seeing.register_all()
        staff_notices.register_all()
        staff_seeing.register_all()
        standing_notices.register_all()
        standing_seeing.register_all()
