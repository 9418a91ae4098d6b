from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from meetings import decided, notifications, seeing

        decided.register_all()
        notifications.register_all()
        seeing.register_all()
