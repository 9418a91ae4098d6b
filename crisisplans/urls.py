"""The addresses of plans: one's own, the community's, and those for somebody outside."""

from django.urls import path

from crisisplans.views import at_hand
from crisisplans.writing_urls import urlpatterns as writing

app_name = "crisisplans"
# The copy on a phone (static/js/copy.js has the same addresses).
urlpatterns = [path("at-hand/", at_hand.at_hand, name="at_hand"), *writing]
