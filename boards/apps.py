from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "boards"

    def ready(self) -> None:
        from boards import notifications, rules, seeing

        rules.register_all()
        notifications.register_all()
        seeing.register_all()
