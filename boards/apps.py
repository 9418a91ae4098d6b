from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "boards"

    def ready(self) -> None:
        from boards import notifications, rules

        rules.register_all()
        notifications.register_all()
