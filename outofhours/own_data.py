"""What outofhours holds about one person."""

from typing import Any

from people.own import Part

PARTS: list[Part] = []

NOT_OWN: dict[type, Any] = {}
