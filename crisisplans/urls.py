"""The addresses of plans: one's own, the community's, and those for somebody outside."""

from django.urls import path

from crisisplans import opening_urls
from crisisplans.in_hand_urls import urlpatterns as in_hand
from crisisplans.views import at_hand, erasing, on_phone
from crisisplans.writing_urls import urlpatterns as writing

app_name = "crisisplans"
# The copy on a phone (static/js/copy.js has the same addresses).
ON_PHONE = [
    path("at-hand/", at_hand.at_hand, name="at_hand"),
    path("my-plan/on-this-phone/", on_phone.on_phone, name="on_phone"),
    path("my-plan/on-this-phone/words/", on_phone.on_phone_words, name="on_phone_words"),
]
ERASING = [path("my-plan/erase/", erasing.erase, name="erase")]
urlpatterns = [*opening_urls.patterns, *ERASING, *ON_PHONE, *in_hand, *writing]
