"""Addresses of a meeting's pack, and of plans that a session looks at."""

from django.urls import path

from meetings.views import pack, reviewing

urlpatterns = [
    path("meeting/add/", pack.add, name="add_item"),
    path("meeting/<int:pk>/arrange/", pack.order, name="arrange"),
    path("groups/sessions/<int:pk>/plans/", reviewing.reviews, name="reviews"),
    path("groups/sessions/<int:pk>/plans/<slug:kind>/", reviewing.open_own, name="open_own_plan"),
]
