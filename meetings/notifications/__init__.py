"""What people are told about meetings, topic by topic: never what they are about."""

from meetings.notifications.community_meeting import (
    GROUP,
    ask_authors,
    ask_second,
    copy_key,
    tell_bringer,
    tell_of_meeting,
)
from meetings.topics import modules

__all__ = ["GROUP", "ask_authors", "ask_second", "copy_key", "register_all", "tell_bringer", "tell_of_meeting"]


def register_all() -> None:
    """Make every topic's kinds of notices known; called once, as the site starts."""
    for topic in modules("notifications"):
        topic.register_all()
