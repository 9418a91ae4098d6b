"""Who may give, answer and read a danger notice, and who may leave a number for one (domain, sections 4.3, 5 and 8)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from communities.apart import apart_from
from communities.lifecycle import HERE, Kind
from communities.models import Membership
from moderation.lifecycle import DangerState
from moderation.models import DangerNotice
from moderation.policies import may_moderate
from people.decisions import YES, Decision, no

OF_THE_ONE_WHO_ASKED = frozenset({"send_alone", "drop"})


def may_leave_number(membership: Membership) -> Decision:
    """Every member, in every state but left and died: it is theirs alone until two give it to staff. No query."""
    if membership.kind == Kind.MEMBER and membership.state in HERE:
        return YES
    return no(_("This is for members."))


def may_ask_danger(membership: Membership, about: Membership, now: datetime) -> Decision:
    """One of those in office, with the second step given, about another member who belongs here. One query."""
    if not (office := may_moderate(membership, now)):
        return office
    if about.community_id != membership.community_id or about.kind != Kind.MEMBER or about.state not in HERE:
        return no(_("This person is not here."))
    if about.pk == membership.pk:
        return no(_("This is about others. If you are in danger yourself, ring 999, or press “Help now”."))
    return YES


def may_see_danger(membership: Membership, danger: DangerNotice) -> Decision:
    """Those in office see it, but never the one it is about. No query: by the offices of the door."""
    here = danger.community_id == membership.community_id
    return YES if here and membership.decides and danger.about_id != membership.pk else no("")


def may_answer_danger(
    membership: Membership, danger: DangerNotice, verb: str, now: datetime, *, alone_after: timedelta
) -> Decision:
    """Whether this one in office may say this to it now: another agrees or not, the one who asked sends or drops it.

    Never the one it is about, nor as the second whoever is kept apart from them (domain, section 8): why, nobody is
    told. Whether its state allows it, its life cycle says. Two queries.
    """
    if not (office := may_moderate(membership, now)):
        return office
    asked = danger.asked_by_id == membership.pk
    not_theirs = {membership.pk} if asked else {membership.pk, *apart_from(membership, now)}
    if danger.community_id != membership.community_id or danger.about_id in not_theirs:
        return no(_("This is not yours to decide. Others of you look at it."))
    if asked != (verb in OF_THE_ONE_WHO_ASKED):
        return no(_("You asked for it, so another of you answers.") if asked else _("Only whoever asked can do this."))
    if verb == "send_alone" and danger.state == DangerState.ASKED:
        if danger.disagreed_by_id is not None:
            return no(_("Another of you disagrees, so it takes two. Ring 999 yourself if you are worried."))
        if now < danger.asked_at + alone_after:
            return no(_("Another of you still has time to answer. Ring 999 yourself; you need not wait for this."))
    return YES
