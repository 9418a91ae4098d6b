"""Addresses of the register."""

from django.urls import path

from meetings.views import register

urlpatterns = [
    path("groups/sessions/<int:pk>/register/", register.register, name="register"),
    path("groups/registers/", register.registers, name="registers"),
]
