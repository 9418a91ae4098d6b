"""Addresses of the community meeting."""

from django.urls import path

from meetings.views import agenda, copies, meetings, planning

urlpatterns = [
    path("meeting/", meetings.upcoming, name="next"),
    path("meeting/plan/", planning.plan, name="plan"),
    path("meeting/<int:pk>/", meetings.one, name="one"),
    path("meeting/<int:pk>/paper/", meetings.paper, name="paper"),
    path("meeting/<int:pk>/move/", planning.move, name="move"),
    path("meeting/<int:pk>/cancel/", planning.cancel, name="cancel"),
    path("meeting/<int:pk>/open/", planning.open_one, name="open"),
    path("meeting/<int:pk>/end/", planning.end, name="end"),
    path("meeting/<int:pk>/copies/", copies.pack, name="pack"),
    path("meeting/bring/<int:thread>/", agenda.bring, name="bring"),
    path("meeting/items/<int:pk>/withdraw/", agenda.withdraw, name="withdraw"),
    path("meeting/items/<int:pk>/outcome/", agenda.outcome, name="outcome"),
    path("meeting/items/<int:pk>/copy/", copies.copy, name="copy"),
    path("meeting/posts/<int:pk>/", copies.own, name="own_copy"),
    path("meeting/posts/<int:pk>/leave-out/", copies.leave_out, name="leave_out"),
]
