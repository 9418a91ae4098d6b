"""What meetings keeps: meetings, what stands on their agenda, copies made for them, and who of staff looked."""

from meetings.models.agenda import LONGEST_TITLE, AgendaItem, ItemQuerySet
from meetings.models.copies import CopiedPost, Copy
from meetings.models.meetings import CommunityMeeting, Look, MeetingQuerySet

__all__ = [
    "LONGEST_TITLE",
    "AgendaItem",
    "CommunityMeeting",
    "CopiedPost",
    "Copy",
    "ItemQuerySet",
    "Look",
    "MeetingQuerySet",
]
