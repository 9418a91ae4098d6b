"""Addresses of moderation and of reports, below a community's."""

from django.urls import path

from moderation.views import (
    asking_in,
    danger,
    for_staff,
    hearing,
    letter,
    log,
    objections,
    places,
    posts,
    reporting,
    reports,
)

app_name = "moderation"

urlpatterns = [
    path("moderation/", posts.queue, name="queue"),
    path("moderation/<int:post>/", posts.post, name="post"),
    path("moderation/log/", log.log, name="log"),
    path("moderation/log/bring/", log.bring, name="bring"),
    path("moderation/copies/<int:pk>/join/", log.join, name="join_copy"),
    path("moderation/reports/", reports.waiting, name="reports"),
    path("moderation/reports/<int:pk>/", reports.one, name="report"),
    path("letter/", letter.letter, name="letter"),
    path("moderation/places/", places.places, name="places"),
    path("moderation/places/<int:pk>/", places.one, name="suspension"),
    path("moderation/places/suspend/<int:pk>/", places.suspend, name="suspend"),
    path("moderation/<int:post>/not-mine/", posts.not_mine, name="not_mine"),
    path("moderation/objections/", hearing.waiting, name="objections"),
    path("moderation/objections/<int:pk>/", hearing.one, name="objection"),
    path("moderation/objections/<int:pk>/not-mine/", hearing.leave, name="leave_hearing"),
    path("told/", objections.told, name="told"),
    path("object/<str:case>/", objections.object_, name="object"),
    path("objections/<int:pk>/", objections.own, name="own_objection"),
    path("objections/<int:pk>/take-back/", objections.withdraw, name="withdraw_objection"),
    path("objections/<int:pk>/to-meeting/", objections.to_meeting, name="objection_to_meeting"),
    path("moderation/staff/", for_staff.waiting, name="staff"),
    path("moderation/staff/<int:pk>/seen/", for_staff.seen, name="staff_seen"),
    path("moderation/staff/danger/<int:pk>/", for_staff.given, name="danger_given"),
    path("moderation/tell-staff/", for_staff.tell, name="tell_staff"),
    path("moderation/danger/", danger.all_of_them, name="danger"),
    path("moderation/danger/new/", danger.new, name="new_danger"),
    path("moderation/danger/<int:pk>/", danger.one, name="danger_one"),
    path("moderation/ask-in/", asking_in.ask_in, name="ask_in"),
    path("moderation/ask-in/<int:pk>/", asking_in.answer, name="asking_in"),
    path("moderation/ask-in/open/<int:pk>/end/", asking_in.end, name="end_asked_in"),
    path("about-you/<int:pk>/", danger.about_you, name="danger_about_you"),
    path("your-number/", danger.number, name="number"),
    path("report/", reporting.choose, name="report_whom"),
    path("report/post/<int:post>/", reporting.about_post, name="report_post"),
    path("report/person/<int:pk>/", reporting.about_person, name="report_person"),
    path("report/<int:pk>/", reporting.own, name="own_report"),
]
