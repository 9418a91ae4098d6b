"""What meetings hold about one person, topic by topic."""

from typing import Any

from meetings.topics import modules
from people.own import Part

PARTS: list[Part] = [part for topic in modules("own_data") for part in topic.PARTS]

NOT_OWN: dict[type, Any] = {model: why for topic in modules("own_data") for model, why in topic.NOT_OWN.items()}
