from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "boards"

    def ready(self) -> None:
        from boards import holding_notices, mourning, notifications, rules, seeing, two_people
        from boards.live import own_pages
        from boards.services import old_words

        rules.register_all()
        mourning.register_rules()
        own_pages.register_all()
        holding_notices.register_all()
        notifications.register_all()
        seeing.register_all()
        two_people.register_all()
        old_words.register()
