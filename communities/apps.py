from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"

    def ready(self) -> None:
        from communities import apart_notices, decided, rota_notices
        from communities.notifications import register_kinds

        decided.register_own()
        register_kinds()
        apart_notices.register_kinds()
        rota_notices.register_kinds()
