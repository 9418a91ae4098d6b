from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "elections"

    def ready(self) -> None:
        from elections import decided, seats, seeing
        from elections.motions import registering as motions

        decided.register_all()
        motions.register_all()
        seats.register_all()
        seeing.register_all()
