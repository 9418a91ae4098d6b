"""A first short plan in about five minutes: three questions, one at a time, and three first steps made of them."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from clock import now as ask_clock
from communities.seeing import audience
from crisisplans.forms.writing import FirstStepsForm, TextForm
from crisisplans.lifecycle import PlanKind
from crisisplans.parts import FIRST_STEPS, LONGEST_STEP
from crisisplans.queries.own import OwnPlan, own_plan
from crisisplans.queries.writing import SHORT, answers_in
from crisisplans.responsibility import sentence
from crisisplans.services.short import save_short_plan
from crisisplans.steps import in_boxes
from crisisplans.views.shown import places
from crisisplans.views.unsaved import begun, bring_in, is_keeping, keep
from people.views.shown import PersonRequest

KIND = PlanKind.CRISIS
WRITES = require_http_methods(["GET", "HEAD", "POST"])


class Question(NamedTuple):
    """One of the three: the part it fills, and how it is asked."""

    part: str
    asks: Any
    hint: Any
    examples: tuple[Any, ...]


QUESTIONS = (
    Question(
        SHORT[0],
        gettext_lazy("What is one thing you can do by yourself when it gets bad?"),
        gettext_lazy("A small thing that has helped before, even a little."),
        (gettext_lazy("Kettle on, radio on."), gettext_lazy("Walk to the post box and back.")),
    ),
    Question(
        SHORT[1],
        gettext_lazy("Who is one person you can turn to?"),
        gettext_lazy("A name, a number if you like, and what you would like them to do."),
        (
            gettext_lazy("Jo, 020 7946 0000: talk about anything else."),
            gettext_lazy("The Samaritans, 116 123, at any hour."),
        ),
    ),
    Question(
        SHORT[2],
        gettext_lazy("What else helps, or takes your mind off it?"),
        gettext_lazy("A place, a thing, a sound. It need not make sense to anybody else."),
        (gettext_lazy("The blue blanket and the long song."), gettext_lazy("The bench by the canal.")),
    ),
)


@require_safe
def start(request: PersonRequest) -> HttpResponse:
    """What is coming, and that nobody has to. Whoever has begun goes on where they were."""
    own = own_plan(request.user, KIND, ask_clock())
    if own and not own.words.are_none:
        return redirect("crisisplans:mine")
    answered = _answered(own)
    goes_on = next((n for n, one in enumerate(QUESTIONS, 1) if not answered.get(one.part)), 0)
    first = reverse("crisisplans:start_step", args=[goes_on]) if goes_on else reverse("crisisplans:start_look")
    return render(request, "crisisplans/start.html", {"begun": bool(answered), "first": first} | places(KIND))


@WRITES
def start_step(request: PersonRequest, number: int) -> HttpResponse:
    """One question. What is written is kept at once; a box may stay empty."""
    if not 1 <= number <= len(QUESTIONS):
        raise Http404
    own = own_plan(request.user, KIND, ask_clock())
    if own and not own.words.are_none:
        return redirect("crisisplans:mine")
    asked = QUESTIONS[number - 1]
    if brought := bring_in(request, KIND, asked.part, TextForm):
        return brought
    beginning = begun(request, own, asked.part, TextForm.shown({}))
    form = TextForm(request.POST or None, initial=beginning["initial"], kind=KIND, has_agreed=True)
    form.fields["text"].label = _("In your own words")
    last = number == len(QUESTIONS)
    after = reverse("crisisplans:start_look") if last else reverse("crisisplans:start_step", args=[number + 1])
    if request.method == "POST":
        stops = "stop" in request.POST
        answer = keep(request, KIND, asked.part, form, then=reverse("crisisplans:mine") if stops else after)
        if stops:
            messages.success(request, _("Kept. You can go on with it whenever you like."))
        return answer
    context = {"asked": asked, "number": number, "of": len(QUESTIONS), "form": form, "seen_by": audience("plan")}
    back = reverse("crisisplans:start_step", args=[number - 1]) if number > 1 else reverse("crisisplans:start")
    context |= {"back": back, "after": after}
    return render(request, "crisisplans/start_step.html", context | beginning | places(KIND))


@WRITES
def start_look(request: PersonRequest) -> HttpResponse:
    """Look it over, choose the first steps, agree, and it is a plan."""
    own = own_plan(request.user, KIND, ask_clock())
    if own and not own.words.are_none:
        return redirect("crisisplans:mine")
    answers = _answered(own)
    if brought := bring_in(request, KIND, FIRST_STEPS, FirstStepsForm):
        return brought
    beginning = begun(request, own, FIRST_STEPS, in_boxes(_first_lines(answers)))
    form = FirstStepsForm(request.POST or None, initial=beginning["initial"], kind=KIND, has_agreed=False)
    if is_keeping(request):
        return keep(request, KIND, FIRST_STEPS, form)
    if request.method == "POST" and form.is_valid():
        save_short_plan(person=request.user, steps=form.steps, **form.sent)
        messages.success(
            request, _("You have a plan now. It counts, short as it is. You can add to it whenever you like.")
        )
        return redirect("crisisplans:mine")
    told = [
        (n, one.asks, answers.get(one.part, ""), reverse("crisisplans:start_step", args=[n]))
        for n, one in enumerate(QUESTIONS, 1)
    ]
    context = {"answers": told, "form": form, "sentence": sentence(), "seen_by": audience("plan")}
    return render(request, "crisisplans/start_look.html", context | beginning | places(KIND))


def _answered(own: OwnPlan | None) -> dict[str, str]:
    answers = answers_in(own.plan, own.box) if own else {}
    return {part: text for part, text in answers.items() if text.strip()}


def _first_lines(answers: dict[str, str]) -> list[str]:
    lines = [answers[part].strip().splitlines()[0].strip() for part in SHORT if part in answers]
    return [line if len(line) <= LONGEST_STEP else f"{line[: LONGEST_STEP - 1]}…" for line in lines]
