"""Who decides on a post, and how many it takes; who reports, and who answers (domain, sections 4.3, 5 and 6)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from boards.lifecycle import State
from boards.models import Post
from boards.policies import is_in_its_pause
from communities.lifecycle import HERE, Kind
from communities.models import Membership
from communities.policies import acts_as_staff, acts_in_office, is_staff_here, may_see_people, stands_in
from moderation.circle import Circle
from moderation.lifecycle import DECIDABLE, OPEN_DANGER, OPEN_STATES, Readers, Verb
from moderation.models import DangerNotice, Objection, Report
from moderation.readers import Offices, is_among, of_report, supervises
from people.decisions import YES, Decision, no

HIDDEN_BY_ONE_FOR = timedelta(hours=24)


def may_moderate(membership: Membership, now: datetime) -> Decision:
    """The Top Three in office (or caretakers), with the second step given within 12 hours. One query."""
    return acts_in_office(membership, now)


def may_judge(membership: Membership, post: Post, circle: Circle, now: datetime) -> Decision:
    """Whether this member may have a say on this post at all, whatever has become of it. One query.

    Never on one's own post, in one's own thread, on the post of somebody one is in conflict with; never without office
    (an alternate where too few are left: `circle`), never on another community's. Which conflict it is, nobody is told.
    """
    stands_in_here = circle.stands_in(membership.pk)
    if not (office := stands_in(membership, now) if stands_in_here else may_moderate(membership, now)):
        return office
    if post.community_id != membership.community_id:
        return no(_("This post is not here."))
    if post.author_id == membership.pk:
        return no(_("This is your own post. Somebody else of you decides on it."))
    if not circle.includes(membership.pk):
        return no(_("This one is not yours to decide. Others of you look at it."))
    return YES


def may_decide(membership: Membership, post: Post, verb: Verb, circle: Circle, now: datetime) -> Decision:
    """Whether this member may take this decision on this post now, alone or as one of two. One query.

    Not while it rests in its pause: until others can read it, it is its author's alone.
    """
    if not (judge := may_judge(membership, post, circle, now)):
        return judge
    if verb not in DECIDABLE.get(State(post.state), ()) or is_in_its_pause(post, now):
        return no(_("This can't be done with this post now."))
    return YES


def takes_two(post: Post, verb: Verb, now: datetime, *, returned_before: bool) -> bool:
    """Whether a second person must join: a removal, a second return of the same text, anything hidden over 24 hours."""
    if verb == Verb.REMOVE or (verb == Verb.RETURN and returned_before):
        return True
    return post.hidden_at is not None and now >= post.hidden_at + HIDDEN_BY_ONE_FOR


def may_report(membership: Membership) -> Decision:
    """Every member who has not left may report, also when away, suspended or not yet admitted. No query.

    Whoever has been kept off the board must still be able to say something about those who did it.
    """
    if membership.kind == Kind.MEMBER and membership.state in HERE:
        return YES
    return no(_("Reports are for members."))


def may_report_person(membership: Membership, other: Membership, offices: Offices) -> Decision:
    """Somebody else here: anybody whom one may see, and in any case those who look after the place. No query."""
    if not (reports := may_report(membership)):
        return reports
    if other.pk == membership.pk or other.community_id != membership.community_id or other.state not in HERE:
        return no(_("This person is not here."))
    if may_see_people(membership) or supervises(offices, other.pk):
        return YES
    return no(_("This person is not here."))


def may_look_at_report(membership: Membership, report: Report, offices: Offices, now: datetime) -> Decision:
    """One of those whom it goes to, with the second step given; never its writer, never the one it is about.

    Answering asks the same. One query.
    """
    reading = of_report(offices, report)
    if not is_among(membership, reading, report):
        return no(_("This report goes to somebody else."))
    acts = {Readers.DECIDERS: acts_in_office, Readers.ALTERNATES: stands_in, Readers.STAFF: acts_as_staff}
    return acts[reading.readers](membership, now)


def erasing_must_wait(membership: Membership) -> Decision:
    """Whether somebody's erasing has to wait for the end of an objection or a danger notice (domain, section 6).

    An objection that its maker has made and nobody has heard to its end; a danger notice about them that is not over.
    Holds and reports are no reason: a held post stays readable for 72 hours, as any that is taken back. Two queries.
    """
    if Objection.objects.filter(by=membership, state__in=OPEN_STATES).exists():
        return YES
    if DangerNotice.objects.filter(about=membership, state__in=OPEN_DANGER).exists():
        return YES
    return no("")


def may_be_told_to_wait(membership: Membership) -> Decision:
    """Whether the member may be told that their erasing waits: not for a danger notice that they must not know of.

    Telling them would add danger (domain, section 8): to them it just goes on. Two queries at most.
    """
    if Objection.objects.filter(by=membership, state__in=OPEN_STATES).exists():
        return YES
    dangers = DangerNotice.objects.filter(about=membership, state__in=OPEN_DANGER)
    return YES if any(danger.is_told for danger in dangers) else no("")


def acts_on_reports(membership: Membership, now: datetime) -> Decision:
    """Whether the second step was given that one's part in reports asks for. One query."""
    if membership.is_staff:
        return acts_as_staff(membership, now)
    return acts_in_office(membership, now) if membership.decides else stands_in(membership, now)


def may_be_asked(membership: Membership) -> Decision:
    """Whether reports may ever go to this member: those who look after the place, and staff. No query: by the door."""
    if supervises(membership.everybodys_offices, membership.pk) or is_staff_here(membership):
        return YES
    return no(_("Reports go to those who look after this place."))
