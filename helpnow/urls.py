"""Addresses that work for everybody, always."""

from django.urls import path

from helpnow import views

app_name = "helpnow"
urlpatterns = [
    path("help-now/", views.help_now, name="help_now"),
    path("leave-this-page/", views.leave, name="leave"),
]
