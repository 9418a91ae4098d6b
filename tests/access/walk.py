"""Every address of the site, each made for somebody of the cast, and what it answers them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import clock
from boards.lifecycle import State
from boards.models import Draft, DraftWords, Mute, Post, PostVersion, Thread
from communities.models import Invitation, Membership, WayBack
from moderation.models import Debrief, Report
from notices.marks import stop_token
from notices.models import Notice, Phone
from people.access import Role
from people.models import Person
from tests.access import objection_things
from tests.access.bank_things import bank_things
from tests.access.coming_things import token_of
from tests.access.group_things import MAKERS as GROUPS
from tests.access.group_things import things_at as group_things
from tests.access.opening_things import NAMES as OPENINGS
from tests.access.opening_things import WITH_A_PLACE, opening_things
from tests.access.plan_things import NAMES as PLANS
from tests.access.plan_things import plan_things
from tests.access.rota_things import rota_things
from tests.access.staff_things import FOR_STAFF, staff_things
from tests.access.standing_things import make_apart, make_death, make_suspension
from tests.cast import Cast, client_of
from tests.elections.motions.things import MOTIONS, motion_things
from tests.elections.seats.things import SEATS, things_at
from tests.elections.votes import opened_in
from tests.meetings.diaries import diary_of
from tests.meetings.making import things_for

WHO = {
    Role.ELSEWHERE: "teal",
    Role.PROSPECTIVE: "finch",
    Role.ACTIVE: "heron",
    Role.ON_A_BREAK: "hazel",
    Role.INACTIVE: "sorrel",
    Role.SUSPENDED_BOARD: "bramble",
    Role.SUSPENDED_ALL: "thorn",
    Role.LEFT: "willow",
    Role.TOP_THREE: "wren",
    Role.ALTERNATE: "rowan",
    Role.CARETAKER: "otter",
    Role.TERM_ENDED: "linden",
    Role.STAFF: "dale",
}


ONES: dict[str, dict[str, object]] = {
    "communities:welcome_screen": {"number": 1},
    "communities:remove_hours": {"pk": 1},
}
ALWAYS_THE_SAME: dict[str, dict[str, object]] = {
    "communities:join": {"token": "open-link-of-riverside"},
    "people:way_back_link": {"token": "no-such-token"},
    "mfa_remove_webauthn": {"pk": 1},
    "peernet:guide": {"name": "members"},
    "peernet:guide_picture": {"name": "pause"},
}


def every_address() -> Iterator[tuple[str, str]]:
    """The name and pattern of every address, walked from the resolver itself."""
    yield from _walk(get_resolver(), "", "")


def _walk(resolver: URLResolver, space: str, before: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, inner, pattern)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", pattern


@dataclass
class Place:
    """Somebody of the cast in front of an address: a Fellside one; for the caretaker a Riverside one."""

    cast: Cast
    role: Role

    @property
    def member(self) -> Membership | None:
        return self.cast[WHO[self.role]] if self.role in WHO else None

    @property
    def person(self) -> Person:
        return self.member.person if self.member else self.cast.stranger

    @property
    def slug(self) -> str:
        return "riverside" if self.role == Role.CARETAKER else "fellside"

    @property
    def client(self) -> Client:
        return Client() if self.role == Role.SIGNED_OUT else client_of(self.person)

    def local(self, key: str, at_riverside: str) -> Membership:
        """Somebody of the community whose address it is."""
        return self.cast[at_riverside if self.slug == "riverside" else key]

    def address(self, name: str, *, own: bool) -> str:
        """The address, with a thing at it that exists: the asker's own where the row says `own`."""
        return reverse(name, kwargs=self._things(name, own=own))

    def _things(self, name: str, *, own: bool) -> dict[str, object]:
        if name in ALWAYS_THE_SAME:
            return ALWAYS_THE_SAME[name]
        if name in PLANS:
            return plan_things(name, self.person, self.slug)
        if name in OPENINGS:
            where = {"slug": self.slug} if name in WITH_A_PLACE else {}
            someone, reader = self.local("clover", "plover"), self.local("fern", "teal")
            return where | opening_things(name, self.person, self._author(own=own), someone, reader)
        for is_at, things in self._makers(own=own):
            if is_at(name):
                return {"slug": self.slug} | things(name)
        things = {
            "notices:remove_phone": lambda: {"pk": self._phone().pk},
            "meetings_outside:apology": lambda: token_of(self.local("clover", "plover")),
            "meetings_outside:diary": lambda: diary_of(self.local("clover", "plover")),
            "notices:stop": lambda: {"token": stop_token(self.person)},
            "notices:open": lambda: {"pk": self._notice().pk},
            "peernet:day": lambda: {"slug": self.slug},
            "own:leave": lambda: {"slug": self.slug},
            "own:erase": lambda: {"slug": self.slug},
        }
        return things[name]() if name in things else {}

    def _makers(self, *, own: bool) -> Iterator[tuple[Callable[[str], bool], Callable[[str], dict[str, object]]]]:
        """Who knows which addresses, the first one first."""
        author, someone, decider = self._author(own=own), self.local("clover", "plover"), self.local("ash", "kestrel")
        for_staff = (self.local("juniper", "kestrel"), author, self.local("dale", "marsh"))
        yield FOR_STAFF.__contains__, lambda name: staff_things(name, *for_staff, make_post(author, State.ACCEPTED))
        yield GROUPS.__contains__, lambda name: group_things(name, author, decider, self.local("dale", "marsh"))
        yield (
            lambda name: name.startswith("meetings:") or name == "moderation:join_copy",
            lambda name: things_for(name, author, decider, make_post(author, State.ACCEPTED)),
        )
        yield "moderation:hand_on_report".__eq__, lambda name: {"pk": make_report(someone, decider).pk}
        yield (
            lambda name: name.startswith(("boards:", "moderation:")),
            lambda name: (self._report_things if "report" in name else self._post_things)(name, own=own),
        )
        yield lambda name: name.startswith("outofhours:"), lambda name: bank_things(name, someone)
        yield lambda name: name.startswith("communities:rota"), lambda name: rota_things(name, author)
        yield lambda name: name.startswith("communities:"), self._community_things
        yield "elections:poll".__eq__, lambda name: {"pk": opened_in(someone.community).pk}
        yield MOTIONS.__contains__, lambda name: motion_things(name, author, self.local("moss", "pebble"))
        yield SEATS.__contains__, lambda name: things_at(name, author)

    def _post_things(self, name: str, *, own: bool) -> dict[str, object]:
        someone = self.local("clover", "plover")
        if name.partition(":")[2] in objection_things.NAMES:
            post = make_post(self._author(own=own), State.RETURNED)
            return objection_things.things_at(name, post, self.local("juniper", "kestrel"))
        if name in {"boards:one", "boards:change", "boards:take_back"}:
            return {"post": make_post(self._author(own=own), State.HELD).pk}
        if name in {"boards:thread", "boards:mute_thread"}:
            return {"thread": make_post(someone, State.ACCEPTED).thread_id}
        things = {
            "boards:mute_author": lambda: {"post": make_post(someone, State.ACCEPTED).pk},
            "boards:end_mute": lambda: {"mute": self._mute(own=own).pk},
            "boards:draft": lambda: {"draft": self._draft(own=own).pk},
            "moderation:post": lambda: {"post": make_post(someone, State.HELD).pk},
            "moderation:not_mine": lambda: {"post": make_post(someone, State.HELD).pk},
            "moderation:hand_on_post": lambda: {"post": make_post(someone, State.HELD).pk},
            "moderation:debrief_back": lambda: {"pk": make_debrief(self._author(own=own)).pk},
            "moderation:death": lambda: {"pk": make_death(someone).pk},
            "moderation:suspend": lambda: {"pk": self.local("fern", "teal").pk},
            "moderation:suspension": lambda: {"pk": make_suspension(someone, self.local("juniper", "kestrel")).pk},
        }
        return things[name]() if name in things else {}

    def _author(self, *, own: bool) -> Membership:
        """The asker, for what is their own and where they belong; somebody else of the community otherwise."""
        at_home = self.member if self.member and self.member.community.slug == self.slug else None
        return at_home if own and at_home else self.local("clover", "plover")

    def _draft(self, *, own: bool) -> Draft:
        row = Draft(membership=self._author(own=own), form_key=uuid4())
        row.words, row.saved_at = DraftWords("A title", "Some words"), clock.now()
        row.save()
        return row

    def _mute(self, *, own: bool) -> Mute:
        by = self.member if own and self.member else self.local("clover", "plover")
        return Mute.objects.get_or_create(membership=by, word="kettle", defaults={"since": clock.now()})[0]

    def _report_things(self, name: str, *, own: bool) -> dict[str, object]:
        someone, decider = self.local("clover", "plover"), self.local("ash", "kestrel")
        if name == "moderation:report_post":
            return {"post": make_post(someone, State.ACCEPTED).pk}
        if name == "moderation:report_person":
            return {"pk": decider.pk}
        if name == "moderation:own_report":
            return {"pk": make_report(self._author(own=own), decider).pk}
        if name == "moderation:report":
            report = make_report(someone, decider)
            for staff in (self.cast.dale, self.cast.marsh):
                told_overdue(report, staff)
            return {"pk": report.pk}
        return {}

    def _mute(self, *, own: bool) -> Mute:
        by = self.member if own and self.member else self.local("clover", "plover")
        return Mute.objects.get_or_create(membership=by, word="kettle", defaults={"since": clock.now()})[0]

    def _community_things(self, name: str) -> dict[str, object]:
        decider = self.local("ash", "kestrel")
        now = clock.now()
        if name in {"communities:make_link", "communities:withdraw_invitation"}:
            row = Invitation.objects.create(
                community=decider.community, way="member", label="a friend", proposed_by=decider, proposed_at=now
            )
            return {"pk": row.pk}
        if name == "communities:admit":
            return {"pk": self.local("finch", "avocet").pk}
        if name in {"communities:end_apart", "communities:say_apart"}:
            mine = name == "communities:end_apart" and self.member is not None and not self.member.is_staff
            asker = self.member if mine and self.member else self.local("fern", "teal")
            other = self.local("clover", "plover") if asker.community.slug == self.slug else self.cast.kestrel
            return {"pk": make_apart(asker, other).pk}
        if name == "communities:confirm_way_back":
            lost = self.local("fern", "plover")
            asker = decider if self.role == Role.STAFF else self.local("glen", "marsh")
            row = WayBack.objects.create(membership=lost, asked_by=asker, asked_at=now)
            return {"pk": row.pk}
        return {"pk": decider.pk} if name == "communities:person" else ONES.get(name, {})

    def _phone(self) -> Phone:
        now = clock.now()
        return Phone.objects.create(
            person=self.person, mark=uuid4().hex, sealed_endpoint="", made_at=now, sitting="one", sitting_ends_at=now
        )

    def _notice(self) -> Notice:
        now = clock.now()
        return Notice.objects.create(
            person=self.person, kind="hold", key=str(uuid4()), path="/", made_at=now, due_at=now
        )


def make_post(author: Membership, state: State) -> Post:
    """A post of this author in this state, put there without asking the services."""
    now = clock.now()
    shown = now if state == State.ACCEPTED else None
    thread = Thread.objects.create(community=author.community, author=author, shown_from=shown, latest_at=shown)
    post = Post.objects.create(
        community=author.community,
        thread=thread,
        author=author,
        is_opening=True,
        state=state,
        title="A title",
        text="Some words",
        html="<p>Some words</p>",
        written_at=now,
        pause_ends_at=now,
        visible_at=shown,
        changed_at=now,
        held_at=now if state == State.HELD else None,
        was_held=state == State.HELD,
        form_key=uuid4(),
    )
    PostVersion.objects.create(post=post, number=1, at=now, title="A title", text="Some words", commitment="0" * 64)
    return post


def make_report(by: Membership, about: Membership) -> Report:
    """A report that waits, put there without asking the services."""
    return Report.objects.create(
        community=about.community,
        by=by,
        about=about,
        reason="power",
        words="Some words",
        read_by="deciders",
        form_key=uuid4(),
        made_at=clock.now() - timedelta(hours=2),
    )


def make_debrief(by: Membership) -> Debrief:
    """Somebody's note for the meeting."""
    return Debrief.objects.create(
        community=by.community, by=by, words="Some words", form_key=uuid4(), made_at=clock.now()
    )


def told_overdue(report: Report, staff: Membership) -> None:
    """Staff have been told that it waits too long."""
    now = clock.now()
    key = f"report:{report.pk}:0:overdue:{staff.pk}"
    Notice.objects.create(person=staff.person, kind="report_overdue", key=key, path="/", made_at=now, due_at=now)
