from django.apps import AppConfig


class OutOfHoursConfig(AppConfig):
    name = "outofhours"
