from django.apps import AppConfig


class HelpnowConfig(AppConfig):
    name = "helpnow"
