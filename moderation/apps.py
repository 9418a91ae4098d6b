from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        from moderation import (
            absence_cases,
            after_silence,
            copy_cases,
            decided,
            handing_notices,
            hold_cases,
            live,
            log_rules,
            log_seeing,
            meeting_items,
            notifications,
            objection_notices,
            post_cases,
            report_notices,
            seeing,
            sharing,
            staff_day,
            staff_notices,
            staff_seeing,
            standing_notices,
            standing_seeing,
            suspension_cases,
        )
        from moderation.services import erasing, keeping

        absence_cases.register()
        after_silence.register_all()
        copy_cases.register()
        decided.register_all()
        erasing.register()
        keeping.register()
        log_rules.register_all()
        log_seeing.register_all()
        handing_notices.register_all()
        hold_cases.register()
        live.register_all()
        meeting_items.register_all()
        notifications.register_all()
        objection_notices.register_all()
        post_cases.register()
        report_notices.register_all()
        seeing.register_all()
        sharing.register_all()
        staff_day.register_all()
        staff_notices.register_all()
        staff_seeing.register_all()
        standing_notices.register_all()
        standing_seeing.register_all()
        suspension_cases.register()
