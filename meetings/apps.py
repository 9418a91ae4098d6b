from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from meetings import notifications, seeing

        notifications.register_all()
        seeing.register_all()
