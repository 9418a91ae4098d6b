"""Addresses of a community's own pages, and of the link that leads into one."""

from django.urls import path, re_path

from communities.views import admissions, breaks, hours, invitations, joining, running, ways_back, welcome

app_name = "communities"

urlpatterns = [
    re_path(r"^join/(?P<token>[A-Za-z0-9_-]{1,100})/$", joining.join, name="join"),
    path("c/<slug:slug>/rules/", running.rules, name="rules"),
    path("c/<slug:slug>/rules/aloud/", running.rules_aloud, name="rules_aloud"),
    path("c/<slug:slug>/welcome/", welcome.whole, name="welcome"),
    path("c/<slug:slug>/welcome/<int:number>/", welcome.screen, name="welcome_screen"),
    path("c/<slug:slug>/people/", running.people, name="people"),
    path("c/<slug:slug>/invitations/", invitations.invitations, name="invitations"),
    path("c/<slug:slug>/invitations/<int:pk>/link/", invitations.make_link, name="make_link"),
    path("c/<slug:slug>/invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw_invitation"),
    path("c/<slug:slug>/invitations/open-link/", invitations.renew, name="renew_open_link"),
    path("c/<slug:slug>/admissions/", admissions.admissions, name="admissions"),
    path("c/<slug:slug>/admissions/<int:pk>/", admissions.admit, name="admit"),
    path("c/<slug:slug>/hours/", hours.hours, name="hours"),
    path("c/<slug:slug>/hours/<int:pk>/remove/", hours.remove, name="remove_hours"),
    path("c/<slug:slug>/way-back/", ways_back.ways_back, name="ways_back"),
    path("c/<slug:slug>/way-back/<int:pk>/", ways_back.confirm, name="confirm_way_back"),
    path("c/<slug:slug>/break/", breaks.own_break, name="break"),
]
