"""The training's checklist, in our own words: what each part says. `outofhours.lifecycle.Item` names them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from outofhours.lifecycle import Item

# The facts: two on a shift, the caller's plan open, a limit for each call, medical help first, stepping down freely.
TEXTS: Mapping[Item, tuple[object, ...]] = {
    Item.PAIR: (
        _("You always support somebody together with a second lead service user. If your partner goes, the call ends."),
        _("You are not the only help there is. You can say: I need to ask my partner."),
    ),
    Item.PLAN: (
        _("The person has written a plan for bad times. You have it open, and you help them do what stands in it."),
        _("You do not make a new plan at night, and you do not tell them what you would do."),
    ),
    Item.TIME: (
        _("Each call has an end that your community has agreed on. Say at the start how long there is."),
        _("Near the end, ask what they will do next, and say goodbye kindly. A longer call is not a better one."),
    ),
    Item.DANGER: (
        _("If a life is in danger, it is not yours to hold: they ring 999, or you do."),
        _("Somebody who has already hurt themselves needs medical help first. Peer support comes after that."),
        _("You will not get into trouble for ringing."),
    ),
    Item.LISTENING: (
        _("Listening is most of it. Say what you heard. You need no answers."),
        _("Leave out your own story unless it helps them. This time is theirs."),
    ),
    Item.PRIVATE: (
        _("What you hear and what stands in a plan stays between the three of you. Copy nothing, photograph nothing."),
        _("There are two exceptions: danger to a life, and danger to a child. Then you tell, and say that you do."),
    ),
    Item.LIMITS: (
        _("You may say no to a shift, or stop for an evening, a month, or for good. Nobody asks why."),
        _("If you are not well yourself, stepping down is the right thing to do. You can come back any time."),
        _("If the caller is somebody you know too well, or find hard, your partner or another pair takes it."),
    ),
    Item.AFTER: (
        _("Talk with your partner for ten minutes when it is over, before you sleep."),
        _("Do not carry it home alone. Bring what weighs on you to the group or the next meeting, without names."),
    ),
}
