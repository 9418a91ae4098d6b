"""Coming in: proposing, inviting, joining by a link, and being admitted by two (domain, section 5)."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities import names, tokens
from communities.admitting import said_instead
from communities.lifecycle import Kind, Office, State
from communities.models import Admission, Community, Invitation, Membership, SelfReferral, StateSince
from communities.notifications import tell_admitted
from communities.policies import acts_in_office, may_propose_invitation, two_may_admit
from communities.queries import behind_link, lock_membership, rules_of
from communities.services.standing import change_state, start_term
from people import tries
from people.decisions import Conflict, Refused, require
from people.models import Person
from people.services import NewPerson, sign_up

ADMISSIONS_NEEDED = 2
SIGN_UPS, SIGN_UPS_WINDOW = 20, timedelta(hours=1)


@transaction.atomic
def propose_invitation(*, by: Membership, label: str) -> Invitation:
    """Propose to invite somebody; one of the Top Three then makes the link. Any active member may. Raises `Refused`."""
    member = lock_membership(by)
    require(may_propose_invitation(member))
    now = clock.now()
    invitation = Invitation.objects.create(
        community=member.community,
        way=Invitation.Way.MEMBER,
        label=label,
        proposed_by=member,
        proposed_at=now,
    )
    _record_invitation(invitation, "propose invitation", member, now)
    return invitation


@transaction.atomic
def send_invitation(*, invitation: Invitation, by: Membership) -> str:
    """Make the single-use link of a proposal and return its token, shown this once. The Top Three in office only.

    Asking again makes a new link and the old one stops working. Raises `Refused`, `Conflict`.
    """
    member = lock_membership(by)
    row = _locked(invitation, member)
    now = clock.now()
    require(acts_in_office(member, now))
    if row.way != Invitation.Way.MEMBER:
        # An office or a place among staff is not the caretakers' own to hand on.
        raise Refused(_("This link came from whoever set this place up. Please ask them for a new one."))
    token = tokens.make()
    row.sent_by, row.sent_at, row.token_hash = member, now, tokens.hashed(token)
    row.expires_at = now + timedelta(days=rules_of(member.community).invitation_days)
    row.save(update_fields=["sent_by", "sent_at", "token_hash", "expires_at"])
    _record_invitation(row, "send invitation", member, now)
    return token


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Membership) -> None:
    """Take an invitation back: its proposer may, and the Top Three in office. Raises `Refused`, `Conflict`."""
    member = lock_membership(by)
    row = _locked(invitation, member)
    now = clock.now()
    if row.proposed_by_id != member.pk:
        require(acts_in_office(member, now))
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])
    _record_invitation(row, "withdraw invitation", member, now)


def _locked(invitation: Invitation, by: Membership) -> Invitation:
    row = Invitation.objects.select_for_update().filter(community_id=by.community_id, pk=invitation.pk).first()
    if row is None:
        raise Http404
    if row.used_at or row.withdrawn_at:
        raise Conflict(_("This invitation has been used or taken back meanwhile."))
    return row


def _record_invitation(invitation: Invitation, verb: str, by: Membership, now: datetime) -> None:
    record(
        chain=by.community.chain,
        verb=verb,
        actor=by.ref,
        subject=f"invitation:{invitation.pk}",
        at=now,
        facts={"way": invitation.way},
    )


@transaction.atomic
def renew_open_link(*, by: Membership) -> SelfReferral:
    """End the community's self-referral link and make a new one. The Top Three in office only.

    Raises `Refused`, also where the community's rules have no open link.
    """
    member = lock_membership(by)
    # Two at once: one after the other.
    Community.objects.select_for_update(no_key=True).get(pk=member.community_id)
    now = clock.now()
    require(acts_in_office(member, now))
    if not rules_of(member.community).self_referral:
        raise Refused(_("In this community people come in with an invitation."))
    SelfReferral.objects.filter(community=member.community, ended_at=None).update(ended_at=now)
    fresh = SelfReferral.objects.create(community=member.community, token=tokens.make(), since=now)
    record(
        chain=member.community.chain,
        verb="renew open link",
        actor=member.ref,
        subject=member.community.chain,
        at=now,
    )
    return fresh


@transaction.atomic
def join(*, token: str, person: Person, display_name: str) -> Membership:
    """Come into the community behind a link, under a name of one's own. The link's holder, once signed up.

    Staff and caretakers are active at once; members begin as prospective. Somebody who had left comes back to the same
    membership. Raises Http404 where the link opens nothing, ValidationError for a name, `Refused` for somebody who
    belongs already.
    """
    now = clock.now()
    door = behind_link(token, now=now, hashed=tokens.hashed(token), lock=True)
    if door is None:
        raise Http404
    name = names.clean(display_name)
    way = door.invitation.way if door.invitation else Invitation.Way.MEMBER
    member = _membership_for(person, door.community, name, way)
    if door.invitation:
        door.invitation.used_by, door.invitation.used_at = member, now
        door.invitation.save(update_fields=["used_by", "used_at"])
    facts = {"way": way, "by": "invitation" if door.invitation else "self-referral"}
    record(chain=door.community.chain, verb="join", actor=member.ref, subject=member.ref, at=now, facts=facts)
    if way == Invitation.Way.CARETAKER:
        start_term(membership=member, office=Office.CARETAKER, by="operator", ends_at=None)
    return member


def join_as_new_person(
    *, token: str, display_name: str, password: str, over_18: bool, source: str, nation: str = ""
) -> tuple[Membership, NewPerson]:
    """Sign up and come in, both or neither: a refused name leaves no half person. Anybody who holds a good link.

    `source`: where the form came from (`people.devices.source`); 20 an hour from one place, so that a whole group can
    sign up in one room. Raises what `join` and `people.services.sign_up` raise, and `Refused` for too many.
    """
    # Counted apart from the rest: a name that was refused still counts.
    if not tries.take(tries.Counter("sign up", "", source), now=clock.now(), limit=SIGN_UPS, window=SIGN_UPS_WINDOW):
        raise Refused(_("A lot of people have joined from where you are. Please wait an hour and try again."))
    with transaction.atomic():
        now = clock.now()
        door = behind_link(token, now=now, hashed=tokens.hashed(token))
        is_demo = door is not None and door.community.is_demo
        newcomer = sign_up(password=password, over_18=over_18, nation=nation, now=now, is_demo=is_demo)
        return join(token=token, person=newcomer.person, display_name=display_name), newcomer


def _membership_for(person: Person, community: Community, name: str, way: str) -> Membership:
    # One person with two links at once: one membership.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    before = Membership.objects.filter(person=person, community=community).first()
    if before and before.state != State.LEFT:
        raise Refused(_("You belong to this community already."))
    if person.is_demo != community.is_demo:
        # Their passwords are known to everybody: nobody real shares a community with them (peernet.demo_guard).
        raise Refused(_("The people of the demo stay in the demo."))
    try:
        with transaction.atomic():
            return _come_back(before, name, way) if before else _come_in(person, community, name, way)
    except IntegrityError:
        said = _("Somebody here has that name, or one that looks like it. Please choose another.")
        raise ValidationError({"display_name": said}) from None


def _kind(way: str) -> Kind:
    return Kind.STAFF if way == Invitation.Way.STAFF else Kind.MEMBER


def _come_in(person: Person, community: Community, name: str, way: str) -> Membership:
    now = clock.now()
    member = Membership.objects.create(
        community=community,
        person=person,
        kind=_kind(way),
        state=State.PROSPECTIVE if way == Invitation.Way.MEMBER else State.ACTIVE,
        display_name=name,
        name_key=names.key(name),
        joined_at=now,
        state_since=now,
    )
    StateSince.objects.create(membership=member, state=member.state, since=now)
    return member


def _come_back(before: Membership, name: str, way: str) -> Membership:
    # Voices of an earlier time don't count again (they stay in the record).
    before.admissions.all().delete()
    Membership.objects.filter(pk=before.pk).update(display_name=name, name_key=names.key(name), kind=_kind(way))
    member = change_state(membership=before, verb="join_again", by=before.ref)
    if way == Invitation.Way.MEMBER:
        return member
    return change_state(membership=member, verb="admit", by="operator", facts={"basis": "first link"})


@transaction.atomic
def record_admission(*, membership: Membership, by: Membership, instead: str = "") -> bool:
    """Record that one of the Top Three says the way in was walked; the second makes them a member (returns True then).

    The newcomer is told. `instead`: what happened in place of what the rule asks for, where that is not recorded
    (`communities.admitting`). Raises `Refused` outside office, without what is asked for and no `instead`, or the
    second time by the same; `Conflict` when it is decided already. Where members vote on it, there is a motion instead
    (`two_may_admit`).
    """
    decider = lock_membership(by)
    newcomer = lock_membership(membership)
    now = clock.now()
    require(acts_in_office(decider, now))
    if newcomer.community_id != decider.community_id or newcomer.state != State.PROSPECTIVE:
        raise Conflict(_("This has been decided meanwhile."))
    require(two_may_admit(decider))
    basis = rules_of(decider.community).admission
    _speak_for(newcomer, decider, basis, said_instead(newcomer, basis, instead), now)
    if newcomer.admissions.count() < ADMISSIONS_NEEDED:
        return False
    admitted = change_state(membership=newcomer, verb="admit", by=decider.ref, facts={"basis": basis})
    tell_admitted(admitted, now)
    return True


def _speak_for(newcomer: Membership, by: Membership, basis: str, instead: str, now: datetime) -> None:
    said = {"at": now, "instead": instead}
    _row, made = Admission.objects.get_or_create(membership=newcomer, by=by, defaults=said)
    if not made:
        raise Refused(_("You have said yes already. One more of the Top Three needs to."))
    record(
        chain=by.community.chain,
        verb="speak for admission",
        actor=by.ref,
        subject=newcomer.ref,
        at=now,
        facts={"basis": basis} | ({"instead": instead} if instead else {}),
    )
