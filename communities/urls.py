"""Addresses of a community's own pages, and of the link that leads into one."""

from datetime import date

from django.urls import path, re_path, register_converter

from communities.views import admissions, apart, breaks, hours, invitations, joining, rota, running, ways_back, welcome


class Day:
    """A day in an address: 2026-11-27."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """The day; a ValueError says that there is no such address."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """As it stands in the address."""
        return str(value)


register_converter(Day, "day")

app_name = "communities"

urlpatterns = [
    re_path(r"^join/(?P<token>[A-Za-z0-9_-]{1,100})/$", joining.join, name="join"),
    path("c/<slug:slug>/rules/", running.rules, name="rules"),
    path("c/<slug:slug>/rules/aloud/", running.rules_aloud, name="rules_aloud"),
    path("c/<slug:slug>/rules/decided/", running.what_was_decided, name="decided"),
    path("c/<slug:slug>/welcome/", welcome.whole, name="welcome"),
    path("c/<slug:slug>/welcome/<int:number>/", welcome.screen, name="welcome_screen"),
    path("c/<slug:slug>/people/", running.people, name="people"),
    path("c/<slug:slug>/people/<int:pk>/", running.person, name="person"),
    path("c/<slug:slug>/invitations/", invitations.invitations, name="invitations"),
    path("c/<slug:slug>/invitations/<int:pk>/link/", invitations.make_link, name="make_link"),
    path("c/<slug:slug>/invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw_invitation"),
    path("c/<slug:slug>/invitations/open-link/", invitations.renew, name="renew_open_link"),
    path("c/<slug:slug>/admissions/", admissions.admissions, name="admissions"),
    path("c/<slug:slug>/admissions/<int:pk>/", admissions.admit, name="admit"),
    path("c/<slug:slug>/hours/", hours.hours, name="hours"),
    path("c/<slug:slug>/hours/<int:pk>/remove/", hours.remove, name="remove_hours"),
    path("c/<slug:slug>/rota/", rota.rota, name="rota"),
    path("c/<slug:slug>/rota/<int:pk>/<day:on>/", rota.look, name="rota_look"),
    path("c/<slug:slug>/rota/asked/<int:pk>/", rota.asked, name="rota_asked"),
    path("c/<slug:slug>/way-back/", ways_back.ways_back, name="ways_back"),
    path("c/<slug:slug>/way-back/<int:pk>/", ways_back.confirm, name="confirm_way_back"),
    path("c/<slug:slug>/keep-apart/", apart.own, name="apart"),
    path("c/<slug:slug>/keep-apart/<int:pk>/end/", apart.end, name="end_apart"),
    path("c/<slug:slug>/keep-apart/asked/", apart.asked, name="apart_asked"),
    path("c/<slug:slug>/keep-apart/asked/<int:pk>/", apart.say, name="say_apart"),
    path("c/<slug:slug>/break/", breaks.own_break, name="break"),
]
