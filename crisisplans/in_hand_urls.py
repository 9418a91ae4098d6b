"""The addresses of a plan in the hand: step by step, on paper, as a file, brought in."""

from django.urls import path, re_path

from crisisplans.lifecycle import PlanKind
from crisisplans.views import bringing, in_hand

# Which plan, and as what.
FILE = "(?P<kind>crisis|development)/(?P<form>sheet|pages|text)"
GROWING = {"kind": PlanKind.DEVELOPMENT}

urlpatterns = [
    path("my-plan/now/", in_hand.now, name="now"),
    path("my-plan/now/<int:step>/", in_hand.now, name="now_step"),
    path("my-plan/print/", in_hand.paper, name="print"),
    path("my-plan/growing/print/", in_hand.paper, GROWING, name="growing_print"),
    path("my-plan/take/", in_hand.take, name="take"),
    path("my-plan/take/data/", in_hand.take_data, name="take_data"),
    path("my-plan/take/data/shape/", in_hand.take_shape, name="take_shape"),
    re_path(f"^my-plan/take/{FILE}/$", in_hand.take_file, name="take_file"),
    path("my-plan/bring/", bringing.bring, name="bring"),
]
