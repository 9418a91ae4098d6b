"""The addresses of what is opened: the owner's, its readers', and the one for somebody outside."""

from django.urls import path, re_path

from crisisplans.views import opened, opening, outside, sharing, suggestions

SHARING, PLANS = "my-plan/sharing/", "c/<slug:slug>/plans/"
KIND = "(?P<kind>crisis|development)"

patterns = [
    path(SHARING, sharing.sharing, name="sharing"),
    path(f"{SHARING}looks/", sharing.looks, name="looks"),
    path(f"{SHARING}tell/", sharing.tell, name="tell_at_once"),
    path(f"{SHARING}<int:pk>/end/", sharing.end, name="end_opening"),
    path(f"{SHARING}suggestions/<int:pk>/", suggestions.suggestion, name="suggestion"),
    re_path(f"^{SHARING}{KIND}/link/$", opening.by_link, name="open_link"),
    re_path(rf"^{SHARING}{KIND}/(?P<way>review|with)/(?P<slug>[-a-zA-Z0-9_]+)/$", opening.to_members, name="open_here"),
    path(PLANS, opened.opened, name="opened"),
    path(f"{PLANS}asked/", opened.asked, name="asked"),
    path(f"{PLANS}<int:opening>/", opened.read, name="read"),
    path(f"{PLANS}<int:opening>/done/", opened.done, name="review_done"),
    path(f"{PLANS}<int:opening>/step-back/", opened.back, name="step_back"),
    path(f"{PLANS}<int:opening>/suggest/<slug:part>/", opened.suggestion, name="suggest"),
    path(f"{PLANS}suggestions/<int:pk>/take-back/", opened.take_back, name="take_back_suggestion"),
    re_path(r"^shared/(?P<token>[A-Za-z0-9_-]{1,100})/$", outside.shared, name="shared"),
]
