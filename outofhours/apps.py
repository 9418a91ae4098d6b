from django.apps import AppConfig


class OutOfHoursConfig(AppConfig):
    name = "outofhours"

    def ready(self) -> None:
        from outofhours import notifications, rules, seeing

        notifications.register_all()
        rules.register_rules()
        seeing.register_all()
