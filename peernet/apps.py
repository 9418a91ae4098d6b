from django.apps import AppConfig


class PeernetConfig(AppConfig):
    name = "peernet"
