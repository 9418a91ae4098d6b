"""What meetings add to a community's rules, topic by topic."""

from meetings.topics import modules


def register_all() -> None:
    """Make every topic's rules known; called once, as the site starts."""
    for topic in modules("rules"):
        topic.register_all()
