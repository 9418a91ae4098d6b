"""Addresses of moderation and of reports, below a community's."""

from django.urls import path

from moderation.views import letter, places, posts, reporting, reports

app_name = "moderation"

urlpatterns = [
    path("moderation/", posts.queue, name="queue"),
    path("moderation/<int:post>/", posts.post, name="post"),
    path("moderation/reports/", reports.waiting, name="reports"),
    path("moderation/reports/<int:pk>/", reports.one, name="report"),
    path("letter/", letter.letter, name="letter"),
    path("moderation/places/", places.places, name="places"),
    path("moderation/places/<int:pk>/", places.one, name="suspension"),
    path("moderation/places/suspend/<int:pk>/", places.suspend, name="suspend"),
    path("report/", reporting.choose, name="report_whom"),
    path("report/post/<int:post>/", reporting.about_post, name="report_post"),
    path("report/person/<int:pk>/", reporting.about_person, name="report_person"),
    path("report/<int:pk>/", reporting.own, name="own_report"),
]
