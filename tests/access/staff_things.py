"""What stands at the addresses that are for staff: invitations, danger notices, put there without asking services."""

from datetime import timedelta
from uuid import uuid4

import clock
from boards.models import Post, StaffInvitation, Thread
from communities.models import Membership
from moderation.models import AskingIn, DangerNotice, Given, StaffNotice

FOR_STAFF = {
    "boards:guest_board",
    "boards:guest_thread",
    "moderation:staff_seen",
    "moderation:danger_given",
    "moderation:danger_one",
    "moderation:danger_about_you",
    "moderation:asking_in",
    "moderation:end_asked_in",
}


def staff_things(name: str, in_office: Membership, member: Membership, staff: Membership, post: Post) -> dict[str, int]:
    """What the address of this name needs, made by these people."""
    if name in {"boards:guest_board", "boards:guest_thread"}:
        thread = post.thread if name == "boards:guest_thread" else None
        ask_in(staff, thread)
        return {"thread": thread.pk} if thread else {}
    if name == "moderation:asking_in":
        return {"pk": make_asking(in_office, staff).pk}
    if name == "moderation:end_asked_in":
        return {"pk": ask_in(staff, None).pk}
    danger = make_danger(in_office, member)
    return {"pk": danger.notice.pk if name == "moderation:staff_seen" else danger.pk}


def ask_in(staff: Membership, thread: Thread | None, days: int = 2) -> StaffInvitation:
    """An invitation of this one of staff that is in force."""
    now = clock.now()
    row = StaffInvitation.objects.create(
        community=staff.community, thread=thread, by="membership:1", opened_at=now, until=now + timedelta(days=days)
    )
    row.staff.add(staff)
    return row


def make_asking(by: Membership, staff: Membership) -> AskingIn:
    """The first voice for asking staff in."""
    now = clock.now()
    row = AskingIn.objects.create(
        community=by.community, by=by, at=now, until=now + timedelta(days=2), form_key=uuid4()
    )
    row.staff.add(staff)
    return row


def make_danger(by: Membership, about: Membership) -> DangerNotice:
    """A danger notice that was sent."""
    now = clock.now()
    row = DangerNotice(community=by.community, about=about, to="life", state="sent", asked_by=by, form_key=uuid4())
    row.asked_at = row.sent_at = now
    row.given = Given(name=about.display_name, words="Some words")
    row.save()
    StaffNotice.objects.create(community=by.community, kind="danger", key=f"danger:{row.pk}", danger=row, made_at=now)
    return row
