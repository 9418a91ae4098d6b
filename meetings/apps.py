from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from meetings import decided, notifications, rules, seeing

        decided.register_all()
        notifications.register_all()
        rules.register_all()
        seeing.register_all()
