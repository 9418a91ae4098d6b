"""One's own notices, and how one wants to be told."""

from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("all-seen/", views.all_seen, name="all_seen"),
    path("choices/", views.choices, name="choices"),
    path("<int:pk>/open/", views.open_notice, name="open"),
]
