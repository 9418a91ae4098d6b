"""The addresses of writing: one's own two plans, and the headings of a community."""

from django.urls import path

from crisisplans.lifecycle import PlanKind
from crisisplans.views import dates, headings, start, versions, writing

GROWING = {"kind": PlanKind.DEVELOPMENT}

urlpatterns = [
    path("my-plan/", writing.mine, name="mine"),
    path("my-plan/start/", start.start, name="start"),
    path("my-plan/start/<int:number>/", start.start_step, name="start_step"),
    path("my-plan/start/look/", start.start_look, name="start_look"),
    path("my-plan/parts/<slug:part>/", writing.part, name="part"),
    path("my-plan/first-steps/", writing.first_steps, name="first_steps"),
    path("my-plan/versions/", versions.versions, name="versions"),
    path("my-plan/versions/<int:number>/", versions.version, name="version"),
    path("my-plan/review/", dates.review, name="review"),
    path("my-plan/later/", dates.later, name="later"),
    path("my-plan/headings/", dates.follow, name="follow"),
    path("my-plan/growing/", writing.growing, name="growing"),
    path("my-plan/growing/parts/<slug:part>/", writing.part, GROWING, name="growing_part"),
    path("my-plan/growing/versions/", versions.versions, GROWING, name="growing_versions"),
    path("my-plan/growing/versions/<int:number>/", versions.version, GROWING, name="growing_version"),
    path("my-plan/growing/review/", dates.review, GROWING, name="growing_review"),
    path("my-plan/growing/later/", dates.later, GROWING, name="growing_later"),
    path("my-plan/growing/headings/", dates.follow, GROWING, name="growing_follow"),
    path("c/<slug:slug>/plan-headings/<slug:which>/", headings.community_headings, name="headings"),
    path("c/<slug:slug>/plan-headings/<slug:which>/change/", headings.change_headings, name="change_headings"),
]
