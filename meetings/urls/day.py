"""Addresses of the day of a session: its order, the room, its topic, turns."""

from django.urls import path

from meetings.views import order, turns

urlpatterns = [
    path("groups/order/", order.ours, name="order"),
    path("groups/<int:pk>/order/", order.of_group, name="group_order"),
    path("groups/sessions/<int:pk>/room/", order.room, name="room"),
    path("groups/sessions/<int:pk>/topic/", order.topic, name="topic"),
    path("groups/turns/", turns.own, name="turns"),
    path("groups/turns/asked/<int:pk>/", turns.asked, name="turn_asked"),
    path("groups/sessions/<int:pk>/turn/<slug:role>/", turns.one, name="turn"),
    path("groups/sessions/<int:pk>/turn/<slug:role>/take/", turns.take, name="take_turn"),
    path("groups/sessions/<int:pk>/turn/<slug:role>/hand/", turns.hand, name="hand_turn"),
]
