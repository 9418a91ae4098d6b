"""Addresses of the timetable, its groups, sessions and places."""

from django.urls import path

from meetings.views import changing_sessions, groups, timetable, venues

urlpatterns = [
    path("groups/", timetable.timetable, name="timetable"),
    path("groups/all/", groups.every, name="groups"),
    path("groups/new/", groups.new, name="group_new"),
    path("groups/once/", groups.single, name="session_new"),
    path("groups/<int:pk>/", groups.one, name="group"),
    path("groups/<int:pk>/change/", groups.change, name="group_change"),
    path("groups/<int:pk>/end/", groups.end, name="group_end"),
    path("groups/<int:pk>/extra/", groups.extra, name="group_extra"),
    path("groups/sessions/<int:pk>/", timetable.session, name="session"),
    path("groups/sessions/<int:pk>/move/", changing_sessions.move, name="session_move"),
    path("groups/sessions/<int:pk>/cancel/", changing_sessions.cancel, name="session_cancel"),
    path("groups/sessions/<int:pk>/hold/", changing_sessions.hold, name="session_hold"),
    path("groups/venues/", venues.venues, name="venues"),
    path("groups/venues/new/", venues.new, name="venue_new"),
    path("groups/venues/<int:pk>/change/", venues.change, name="venue_change"),
    path("groups/venues/<int:pk>/use/", venues.use, name="venue_use"),
]
