from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from meetings import counting_again, decided, notifications, rules, seeing

        counting_again.register_all()
        decided.register_all()
        notifications.register_all()
        rules.register_all()
        seeing.register_all()
