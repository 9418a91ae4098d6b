"""What meetings keeps: groups and sessions, meetings, what stands on their agenda, copies made for them."""

from meetings.models.absences import (
    LONGEST_LETTER,
    AbsenceCase,
    ComeBackAsked,
    LetterReached,
    LetterVoice,
    LetterWords,
)
from meetings.models.agenda import LONGEST_TITLE, AgendaItem, ItemQuerySet
from meetings.models.coming import AwayQuerySet, AwayTime, Coming, ComingSaid, ReminderChoice
from meetings.models.copies import CopiedPost, Copy
from meetings.models.day import DayOrder, RoleAsking, RoleChoice, Topic
from meetings.models.feeds import DiaryFeed
from meetings.models.groups import LONGEST_NAME, Group, GroupQuerySet
from meetings.models.local import LocalChange, LocalPiece, LocalQuerySet
from meetings.models.logbook import Logbook, LogbookPart, LogbookProposal, LogbookSaid
from meetings.models.meetings import CommunityMeeting, Look, MeetingQuerySet
from meetings.models.pack import ReviewAsked
from meetings.models.polls import PollMark, PollQuerySet, PollTime, TimePoll
from meetings.models.register import Mark, MarkChange, Register
from meetings.models.sessions import Session, SessionQuerySet, SessionRole
from meetings.models.venues import Venue

__all__ = [
    "LONGEST_LETTER",
    "LONGEST_NAME",
    "LONGEST_TITLE",
    "AbsenceCase",
    "AgendaItem",
    "AwayQuerySet",
    "AwayTime",
    "ComeBackAsked",
    "Coming",
    "ComingSaid",
    "CommunityMeeting",
    "CopiedPost",
    "Copy",
    "DayOrder",
    "DiaryFeed",
    "Group",
    "GroupQuerySet",
    "ItemQuerySet",
    "LetterReached",
    "LetterVoice",
    "LetterWords",
    "LocalChange",
    "LocalPiece",
    "LocalQuerySet",
    "Logbook",
    "LogbookPart",
    "LogbookProposal",
    "LogbookSaid",
    "Look",
    "Mark",
    "MarkChange",
    "MeetingQuerySet",
    "PollMark",
    "PollQuerySet",
    "PollTime",
    "Register",
    "ReminderChoice",
    "ReviewAsked",
    "RoleAsking",
    "RoleChoice",
    "Session",
    "SessionQuerySet",
    "SessionRole",
    "TimePoll",
    "Topic",
    "Venue",
]
