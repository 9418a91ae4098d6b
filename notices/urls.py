"""One's own notices, and how one wants to be told."""

from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("all-seen/", views.all_seen, name="all_seen"),
    path("choices/", views.choices, name="choices"),
    path("phones/", views.add_phone, name="add_phone"),
    path("phones/<int:pk>/remove/", views.remove_phone, name="remove_phone"),
    path("stop/<str:token>/", views.stop, name="stop"),
    path("<int:pk>/open/", views.open_notice, name="open"),
]
