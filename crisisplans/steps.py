"""The first steps as they are typed, one line in each of three boxes, and as a plan holds them."""

from collections.abc import Iterable, Mapping

from crisisplans.parts import MOST_FIRST_STEPS

BOXES = tuple(f"step_{number}" for number in range(1, MOST_FIRST_STEPS + 1))


def steps_in(fields: Mapping[str, str]) -> tuple[str, ...]:
    """The steps that were written, in their order, each on one line."""
    lines = (" ".join(fields.get(name, "").split()) for name in BOXES)
    return tuple(line for line in lines if line)


def in_boxes(steps: Iterable[str]) -> dict[str, str]:
    """The other way: what stands in each box."""
    return dict(zip(BOXES, steps, strict=False))
