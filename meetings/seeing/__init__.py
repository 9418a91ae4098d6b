"""Who can see what is written for meetings, topic by topic: for the rules page and beside the boxes."""

from meetings.topics import modules


def register_all() -> None:
    """Add every topic's things and boxes; called once, as the site starts."""
    for topic in modules("seeing"):
        topic.register_all()
