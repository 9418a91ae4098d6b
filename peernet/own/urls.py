"""Addresses of what is somebody's own."""

from django.urls import path

from peernet.own import views

app_name = "own"

urlpatterns = [
    path("", views.yours, name="yours"),
    path("whole/", views.whole, name="whole"),
    path("<slug:slug>/leave/", views.leave_community, name="leave"),
    path("<slug:slug>/erase/", views.erase, name="erase"),
]
