from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from meetings import counting_again, decided, next_one, notifications, rules, seeing

        counting_again.register_all()
        decided.register_all()
        next_one.register_all()
        notifications.register_all()
        rules.register_all()
        seeing.register_all()
