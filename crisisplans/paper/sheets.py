"""A plan on paper: one A4 sheet to fold once, or as many upright pages as it takes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from crisisplans.paper.columns import Column, flow, framed, height_of, set_all
from crisisplans.paper.lines import Line, Words
from crisisplans.paper.pdf import Page
from crisisplans.paper.wording import contact_words, first_words, part_words, title_words
from crisisplans.told import ToldPlan

SHORT_SIDE, LONG_SIDE = 595.28, 841.89
# In points: the edge that printers leave white, and half of what is lost at the fold.
EDGE, FOLD, GAP = 30.0, 20.0, 12.0
COLUMN = LONG_SIDE / 2 - EDGE - FOLD
# The letters of a sheet: the largest that fits, on one side if it can be, else on both; never smaller than the last.
ONE_SIDE, BOTH_SIDES = (11.5, 10.5, 9.5, 8.8), (9.5, 8.8, 8.0)
SIZES = tuple(sorted({*ONE_SIDE, *BOTH_SIDES}, reverse=True))
UPRIGHT, UPRIGHT_EDGE = 11.5, 62.0


# What a sheet can do without when a plan is longer than a sheet, the first to go first. In the hard moment itself the
# others come before these, whoever reads it.
FIRST_TO_GO = (
    "afterwards",
    "responsible",
    "well",
    "support_calls",
    "warning_signs",
    "group",
    "hospital",
    "distraction",
)


@dataclass(frozen=True)
class Sheet:
    """Pages, how large their letters are, and the headings of what did not fit on them."""

    pages: list[Page]
    size: float
    left_out: tuple[str, ...] = ()


def folded(plan: ToldPlan) -> Sheet:
    """One sheet, landscape, to fold in the middle with its words inside.

    What can't fit even on both sides is left out, whole parts at a time, and the sheet says which parts those are.
    """
    smallest = BOTH_SIDES[-1]
    parts = _parts_set(plan, smallest)
    # Asked first: what is too long even so need not be tried in every size.
    last = _sheet(plan, parts, size=smallest, sides=2)
    if not last:
        return _shortened(plan, parts, smallest)
    for sides, sizes in ((1, ONE_SIDE), (2, BOTH_SIDES[:-1])):
        for size in sizes:
            if pages := _sheet(plan, _parts_set(plan, size), size=size, sides=sides):
                return Sheet(pages, size)
    return Sheet(last, smallest)


def _shortened(plan: ToldPlan, parts: dict[str, list[Line]], size: float) -> Sheet:
    gone: list[str] = []
    for key in _in_order_of_going(plan):
        gone.append(key)
        left_out = tuple(part.title for part in plan.parts if part.key in gone)
        kept = {name: lines for name, lines in parts.items() if name not in gone}
        if pages := _sheet(plan, kept, size=size, sides=2, left_out=left_out):
            return Sheet(pages, size, left_out)
    raise ValueError("a title, three short steps and a few numbers do not fit on a sheet of paper")


def _in_order_of_going(plan: ToldPlan) -> list[str]:
    """The parts, those first that a sheet can best do without; of the others the longest first."""
    there = {part.key: len(part.text) for part in plan.parts}
    first = [key for key in FIRST_TO_GO if key in there]
    return first + sorted((key for key in there if key not in first), key=lambda key: -there[key])


def _parts_set(plan: ToldPlan, size: float) -> dict[str, list[Line]]:
    return {part.key: set_all(part_words(part), width=COLUMN, size=size) for part in plan.parts}


def upright(plan: ToldPlan) -> Sheet:
    """All of it on upright A4 pages in large letters, numbered."""
    width = SHORT_SIDE - 2 * UPRIGHT_EDGE
    parts = [words for part in plan.parts for words in part_words(part)]
    words = [*title_words(plan), *first_words(plan), *parts, *contact_words(plan)]
    pages: list[Page] = []
    flow(set_all(words, width=width, size=UPRIGHT), _upright_columns(pages))
    for number, page in enumerate(pages, 1):
        said = _("Page %(number)s of %(all)s") % {"number": number, "all": len(pages)}
        [line] = set_all([Words(said, scale=0.8)], width=width, size=UPRIGHT)
        page.put(UPRIGHT_EDGE, LONG_SIDE - UPRIGHT_EDGE * 0.7, line)
    return Sheet(pages, UPRIGHT)


def _upright_columns(pages: list[Page]) -> Iterator[Column]:
    """A page more each time one is asked for: as many as it takes."""
    while True:
        pages.append(Page(SHORT_SIDE, LONG_SIDE))
        width, foot = SHORT_SIDE - 2 * UPRIGHT_EDGE, LONG_SIDE - UPRIGHT_EDGE
        yield Column(pages[-1], UPRIGHT_EDGE, width, UPRIGHT_EDGE, foot)


def _sheet(
    plan: ToldPlan, parts: dict[str, list[Line]], *, size: float, sides: int, left_out: tuple[str, ...] = ()
) -> list[Page]:
    """The sides of a sheet in letters of this size; none where it does not fit."""
    pages = [Page(LONG_SIDE, SHORT_SIDE) for _side in range(sides)]
    foot = SHORT_SIDE - EDGE
    columns = [Column(page, left, COLUMN, EDGE, foot) for page in pages for left in (EDGE, LONG_SIDE / 2 + FOLD)]
    if sum(line.height for lines in parts.values() for line in lines) > 2 * sides * (foot - EDGE):
        return []
    box = set_all(contact_words(plan), width=COLUMN - GAP, size=size)
    columns[1].bottom -= height_of(box) + GAP
    framed(box, columns[1], top=foot - height_of(box))
    if not flow(set_all(title_words(plan), width=COLUMN, size=size), iter(columns[:1])):
        return []
    if steps := set_all(first_words(plan), width=COLUMN - GAP, size=size):
        framed(steps, columns[0], top=columns[0].top + GAP / 2)
        columns[0].top += height_of(steps) + GAP / 2
    rest = [line for lines in parts.values() for line in lines]
    if not flow([*rest, *set_all(_not_here(left_out), width=COLUMN, size=size)], iter(columns)):
        return []
    for page in pages:
        _mark_fold(page)
    return pages


def _not_here(left_out: tuple[str, ...]) -> Iterator[Words]:
    if left_out:
        said = _("There was no room here for: %(parts)s. They are in your plan.") % {"parts": "; ".join(left_out)}
        yield Words(said, bold=True, before=0.8)


def _mark_fold(page: Page) -> None:
    middle = page.width / 2
    page.rules += [(middle, 8, middle, 24), (middle, page.height - 24, middle, page.height - 8)]
