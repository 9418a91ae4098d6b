from django.apps import AppConfig


class PeernetConfig(AppConfig):
    name = "peernet"

    def ready(self) -> None:
        # Importing it is what binds every app's tasks to our own queue.
        from peernet import celery, jobs

        celery.app.conf.beat_schedule = jobs.entries()
