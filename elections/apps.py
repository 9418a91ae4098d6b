from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "elections"

    def ready(self) -> None:
        from elections import seats
        from elections.motions import registering as motions

        motions.register_all()
        seats.register_all()
