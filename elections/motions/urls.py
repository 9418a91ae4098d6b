"""Addresses of votes and motions, below a community's."""

from django.urls import path

from elections.motions.views import motions, overview, proposing

urlpatterns = [
    path("votes/", overview.votes, name="votes"),
    path("propose/", proposing.choose, name="propose"),
    path("propose/rule/", proposing.choose_rule, name="propose_rule"),
    path("propose/rule/<slug:key>/", proposing.propose_rule, name="propose_one_rule"),
    path("propose/<slug:kind>/", proposing.propose, name="propose_one"),
    path("motions/<int:pk>/", motions.motion, name="motion"),
    path("motions/<int:pk>/withdraw/", motions.withdraw, name="withdraw_motion"),
    path("motions/<int:pk>/words/<slug:part>/", motions.words, name="motion_words"),
    path("motions/<int:pk>/words/<slug:part>/look/", motions.look, name="look_at_words"),
]
