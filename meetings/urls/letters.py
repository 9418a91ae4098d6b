"""Addresses of the group's letters, of those to oneself, and of coming back."""

from django.urls import path

from meetings.views import coming_back, deciding_letters, group_letters, own_letters

urlpatterns = [
    path("letters/", group_letters.group_letters, name="group_letters"),
    path("letters/<int:pk>/", group_letters.group_letter, name="group_letter"),
    path("letters/<int:pk>/agree/", group_letters.agree, name="agree_letter"),
    path("letters/<int:pk>/reached/", group_letters.reached, name="letter_reached"),
    path("letters/<int:pk>/not-reached/", group_letters.not_reached, name="letter_not_reached"),
    path("letters/<int:pk>/paper/", group_letters.paper, name="letter_paper"),
    path("letters/<int:pk>/decide/", deciding_letters.decide, name="decide_letter"),
    path("letters/yours/", own_letters.own_letters, name="own_letters"),
    path("letters/yours/<int:pk>/", own_letters.own_letter, name="own_letter"),
    path("letters/yours/<int:pk>/open/", own_letters.open_own, name="open_letter"),
    path("letters/yours/<int:pk>/answer/", own_letters.answer, name="answer_letter"),
    path("come-back/", coming_back.come_back, name="come_back"),
    path("come-back/<int:pk>/", coming_back.welcome, name="come_back_asked"),
]
