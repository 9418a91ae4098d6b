"""Invitations, joining by a link, and being admitted by two (domain, section 5)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.http import Http404

import clock
from audit.models import Entry
from communities import tokens
from communities.lifecycle import Kind, State
from communities.models import Admission, Invitation, Membership, SelfReferral
from communities.queries import access_invitation, behind_link, invitations_seen_by, offices_of
from communities.services import (
    change_state,
    join,
    join_as_new_person,
    propose_invitation,
    record_admission,
    renew_open_link,
    send_invitation,
    withdraw_invitation,
)
from notices.models import Notice
from people.decisions import Conflict, Refused
from people.models import Person
from tests.cast import Cast, sitting_now


def invited(cast: Cast) -> tuple[Invitation, str]:
    invitation = propose_invitation(by=cast.heron, label="the one from choir")
    return invitation, send_invitation(invitation=invitation, by=sitting_now(cast.wren))


def opens(token: str) -> bool:
    return behind_link(token, now=clock.now(), hashed=tokens.hashed(token)) is not None


def test_invitation_opens_once(cast: Cast) -> None:
    _invitation, token = invited(cast)
    member = join(token=token, person=cast.stranger, display_name="Robin")
    assert (member.state, member.kind, member.community) == (State.PROSPECTIVE, Kind.MEMBER, cast.fellside)
    assert not opens(token)
    with pytest.raises(Http404):
        join(token=token, person=cast.avocet.person, display_name="Avocet")


def test_invitation_expires_as_the_rule_says(cast: Cast) -> None:
    invitation, token = invited(cast)
    invitation.refresh_from_db()
    assert invitation.expires_at - invitation.sent_at == timedelta(days=14)
    with time_machine.travel(invitation.expires_at, tick=False), pytest.raises(Http404):
        join(token=token, person=cast.stranger, display_name="Robin")


def test_token_itself_is_kept_nowhere(cast: Cast) -> None:
    _invitation, token = invited(cast)
    assert token not in str(list(Invitation.objects.values())) + str(list(Entry.objects.values()))


def test_making_the_link_again_ends_the_one_before(cast: Cast) -> None:
    invitation, first = invited(cast)
    second = send_invitation(invitation=invitation, by=sitting_now(cast.ash))
    assert not opens(first)
    assert opens(second)


@pytest.mark.parametrize("name", ["heron", "rowan", "linden", "dale"])
def test_link_is_made_by_the_top_three_only(cast: Cast, name: str) -> None:
    invitation = propose_invitation(by=cast.heron, label="a friend")
    with pytest.raises(Refused):
        send_invitation(invitation=invitation, by=sitting_now(cast[name]))


def test_link_is_refused_without_the_second_step_and_says_the_way_out(cast: Cast) -> None:
    invitation = propose_invitation(by=cast.heron, label="a friend")
    with pytest.raises(Refused) as refusal:
        send_invitation(invitation=invitation, by=cast.wren)
    assert refusal.value.remedy == "second_step"


@pytest.mark.parametrize("name", ["finch", "hazel", "sorrel", "thorn", "willow", "dale"])
def test_proposing_is_for_active_members(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        propose_invitation(by=cast[name], label="a friend")


def test_somebody_suspended_from_the_board_only_may_propose(cast: Cast) -> None:
    assert propose_invitation(by=cast.bramble, label="a friend").pk


def test_another_communitys_invitation_is_missing(cast: Cast) -> None:
    invitation, _token = invited(cast)
    with pytest.raises(Http404):
        access_invitation(cast.otter, invitation.pk)
    for service in (send_invitation, withdraw_invitation):
        with pytest.raises(Http404):
            service(invitation=invitation, by=sitting_now(cast.otter))
    assert invitation not in invitations_seen_by(cast.otter, decides=True)


def test_proposer_and_the_top_three_take_back_nobody_else(cast: Cast) -> None:
    invitation, token = invited(cast)
    with pytest.raises(Refused):
        withdraw_invitation(invitation=invitation, by=sitting_now(cast.moss))
    withdraw_invitation(invitation=invitation, by=cast.heron)
    assert not opens(token)
    with pytest.raises(Conflict):
        withdraw_invitation(invitation=invitation, by=sitting_now(cast.wren))


def test_caretakers_cannot_renew_the_operators_links(cast: Cast) -> None:
    now = clock.now()
    first = Invitation.objects.create(community=cast.riverside, way="staff", label="the nurse", proposed_at=now)
    with pytest.raises(Refused):
        send_invitation(invitation=first, by=sitting_now(cast.otter))


@pytest.mark.parametrize(("way", "kind"), [("staff", Kind.STAFF), ("caretaker", Kind.MEMBER)])
def test_first_links_make_somebody_active_at_once(cast: Cast, way: str, kind: Kind) -> None:
    now = clock.now()
    Invitation.objects.create(
        community=cast.riverside,
        way=way,
        label="first",
        proposed_at=now,
        sent_at=now,
        token_hash=tokens.hashed("first"),
        expires_at=now + timedelta(days=14),
    )
    member = join(token="first", person=cast.stranger, display_name="Robin")
    assert (member.kind, member.state) == (kind, State.ACTIVE)
    assert bool(offices_of(member, clock.now())) is (way == "caretaker")


def test_open_link_opens_where_the_rules_have_it_and_again_and_again(cast: Cast) -> None:
    token = SelfReferral.objects.get(community=cast.riverside).token
    assert join(token=token, person=cast.stranger, display_name="Robin").state == State.PROSPECTIVE
    assert opens(token)
    assert not opens(SelfReferral.objects.get(community=cast.fellside).token)


def test_renewing_the_open_link_ends_the_old_one(cast: Cast) -> None:
    old = SelfReferral.objects.get(community=cast.riverside).token
    fresh = renew_open_link(by=sitting_now(cast.otter)).token
    assert (opens(old), opens(fresh)) == (False, True)
    with pytest.raises(Refused):
        renew_open_link(by=sitting_now(cast.teal))
    with pytest.raises(Refused):
        renew_open_link(by=sitting_now(cast.wren))


def test_belonging_already_is_refused_and_leaves_the_link_good(cast: Cast) -> None:
    _invitation, token = invited(cast)
    with pytest.raises(Refused):
        join(token=token, person=cast.moss.person, display_name="Somebody")
    assert opens(token)


def test_new_person_signs_up_and_comes_in_at_once(cast: Cast) -> None:
    _invitation, token = invited(cast)
    member, newcomer = join_as_new_person(
        token=token, display_name="Robin", password="a long enough one", over_18=True, nation="wales", source="here"
    )
    assert member.person == newcomer.person
    assert newcomer.person.check_password("a long enough one")
    assert newcomer.recovery_codes


@pytest.mark.parametrize("name", ["Wren", "x", "Wrеn"])
def test_refused_name_leaves_no_half_person(cast: Cast, name: str) -> None:
    _invitation, token = invited(cast)
    people = Person.objects.count()
    with pytest.raises(ValidationError):
        join_as_new_person(token=token, display_name=name, password="a long enough one", over_18=True, source="here")
    assert Person.objects.count() == people
    assert opens(token)


def test_without_the_tick_there_is_no_person(cast: Cast) -> None:
    _invitation, token = invited(cast)
    people = Person.objects.count()
    with pytest.raises(Refused):
        join_as_new_person(
            token=token, display_name="Robin", password="a long enough one", over_18=False, source="here"
        )
    assert Person.objects.count() == people


@pytest.mark.usefixtures("by_two")
def test_admission_needs_two_different_of_the_top_three(cast: Cast) -> None:
    assert record_admission(membership=cast.finch, by=sitting_now(cast.wren)) is False
    with pytest.raises(Refused):
        record_admission(membership=cast.finch, by=sitting_now(cast.wren))
    for name in ("heron", "dale", "rowan"):
        with pytest.raises(Refused):
            record_admission(membership=cast.finch, by=sitting_now(cast[name]))
    assert record_admission(membership=cast.finch, by=sitting_now(cast.ash)) is True
    assert Membership.objects.get(pk=cast.finch.pk).state == State.ACTIVE
    with pytest.raises(Conflict):
        record_admission(membership=cast.finch, by=sitting_now(cast.juniper))


@pytest.mark.usefixtures("by_two")
def test_newly_admitted_member_is_told_once(cast: Cast) -> None:
    record_admission(membership=cast.finch, by=sitting_now(cast.wren))
    assert not Notice.objects.exists()
    record_admission(membership=cast.finch, by=sitting_now(cast.ash))
    notice = Notice.objects.get()
    assert (notice.person, notice.kind, notice.path) == (cast.finch.person, "admitted", "/c/fellside/")


def test_two_do_not_admit_where_members_vote_on_it_once_five_are_here(cast: Cast) -> None:
    with pytest.raises(Refused, match="members vote"):
        record_admission(membership=cast.finch, by=sitting_now(cast.wren))
    assert not Admission.objects.exists()
    active = Membership.objects.filter(community=cast.fellside, kind=Kind.MEMBER, state=State.ACTIVE)
    for member in active.order_by("pk")[5:]:
        change_state(membership=member, verb="begin_break", by="site")
    change_state(membership=cast.wren, verb="begin_break", by="site")
    assert record_admission(membership=cast.finch, by=sitting_now(cast.ash)) is False


def test_another_communitys_newcomer_is_not_admitted(cast: Cast) -> None:
    with pytest.raises(Conflict):
        record_admission(membership=cast.avocet, by=sitting_now(cast.wren))


@pytest.mark.usefixtures("by_two")
def test_who_left_comes_back_to_the_same_membership_and_is_admitted_anew(cast: Cast) -> None:
    change_state(membership=cast.finch, verb="leave", by=cast.finch.ref)
    record_voices = [sitting_now(cast.wren), sitting_now(cast.ash)]
    _invitation, token = invited(cast)
    back = join(token=token, person=cast.willow.person, display_name="Willow Again")
    assert (back.pk, back.state, back.display_name) == (cast.willow.pk, State.PROSPECTIVE, "Willow Again")
    assert [record_admission(membership=back, by=voice) for voice in record_voices] == [False, True]


@pytest.mark.usefixtures("by_two")
def test_voices_of_an_earlier_time_do_not_count_again(cast: Cast) -> None:
    for voice in (cast.wren, cast.ash):
        record_admission(membership=cast.finch, by=sitting_now(voice))
    change_state(membership=cast.finch, verb="leave", by=cast.finch.ref)
    _invitation, token = invited(cast)
    back = join(token=token, person=cast.finch.person, display_name="Finch")
    assert record_admission(membership=back, by=sitting_now(cast.wren)) is False
    assert Membership.objects.get(pk=back.pk).state == State.PROSPECTIVE


def test_staff_who_left_come_back_by_a_members_link_as_a_member(cast: Cast) -> None:
    change_state(membership=cast.glen, verb="leave", by=cast.glen.ref)
    _invitation, token = invited(cast)
    assert join(token=token, person=cast.glen.person, display_name="Glen").kind == Kind.MEMBER


@pytest.mark.parametrize("name", ["willow", "thorn", "bramble", "hazel"])
def test_a_taken_name_stays_taken_by_who_is_away_or_has_left(cast: Cast, name: str) -> None:
    _invitation, token = invited(cast)
    with pytest.raises(ValidationError):
        join(token=token, person=cast.stranger, display_name=name.upper())
