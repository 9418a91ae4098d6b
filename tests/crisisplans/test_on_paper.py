"""A plan on paper: what fits on the one sheet, what is left out, letters of other writings, nothing on the disk."""

import re
import time
from dataclasses import replace
from datetime import date

import pytest

from crisisplans.paper import pdf, sheets
from crisisplans.paper.face import BOLD, REGULAR, face
from crisisplans.paper.letters import NOT_PRINTED, as_seen, joined, missing_in, printable, reads_from_right
from crisisplans.parts import CRISIS, LONGEST_STEP, LONGEST_TEXT
from crisisplans.told import ToldPart, ToldPlan
from helpnow.queries import contacts_beside
from tests.crisisplans.reading_pdf import ReadPage, read

STEPS = ("Kettle on", "Ring Jo, 020 7946 0000", "The heavy blanket")
A4_ACROSS, A4_UP = (841.89, 595.28), (595.28, 841.89)


def plan_of(*texts: str) -> ToldPlan:
    parts = tuple(ToldPart(part.key, str(part.title), text) for part, text in zip(CRISIS, texts, strict=False))
    return ToldPlan("crisis", "My plan", STEPS, parts, date(2026, 11, 23), contacts_beside("england", ""))


def as_read(plan: ToldPlan, *, folded: bool = True) -> list[ReadPage]:
    sheet = sheets.folded(plan) if folded else sheets.upright(plan)
    return read(pdf.written(sheet.pages, title=plan.title))


def all_words(pages: list[ReadPage]) -> str:
    return " ".join(line for page in pages for line in page.lines)


def test_usual_plan_takes_one_side_with_steps_every_part_and_whom_to_ring() -> None:
    pages = as_read(plan_of(*["Tea. Then a walk to the post box."] * len(CRISIS)))
    assert [page.size for page in pages] == [A4_ACROSS]
    words = all_words(pages)
    assert all(step in words for step in STEPS)
    assert all(str(part.title) in words for part in CRISIS)
    assert "Samaritans: 116 123" in words.replace("\u00a0", " ")


def test_who_is_not_there_at_night_or_not_for_every_phone_is_on_paper_with_that() -> None:
    words = all_words(as_read(plan_of("x"))).replace("\u00a0", " ")
    assert "CALM: 0800 58 58 58 (Every day 5 pm to midnight)" in words
    assert "text 999 Only works if this phone is signed up." in words
    assert "Day and night" not in words
    assert "at any time" not in words


def test_no_word_stands_outside_its_column_or_across_the_fold() -> None:
    for page in as_read(plan_of(*["A long sentence that goes on for a while, " * 12] * len(CRISIS))):
        for left, top, words in page.places:
            right = left + face(REGULAR).width(words, min(page.sizes))
            assert 20 < top < page.size[1] - 20
            assert right < page.size[0] / 2 - 10 if left < page.size[0] / 2 else right < page.size[0] - 20


def test_longer_plan_takes_both_sides_in_smaller_letters_and_no_more() -> None:
    pages = as_read(plan_of(*["Words that take their room on the paper. " * 12] * len(CRISIS)))
    assert len(pages) == 2
    assert min(size for page in pages for size in page.sizes) >= sheets.BOTH_SIDES[-1] * 0.8
    assert "There was no room" not in all_words(pages)


def test_plan_too_long_for_a_sheet_keeps_whom_to_ask_and_says_what_is_left_out() -> None:
    long = {"afterwards", "people", "services"}
    texts = ["It went on for long. " * 280 if part.key in long else "x" for part in CRISIS]
    sheet = sheets.folded(plan_of(*texts))
    assert len(sheet.pages) == 2
    assert sheet.left_out == ("Afterwards: what to change",)
    words = all_words(read(pdf.written(sheet.pages, title="x")))
    assert "There was no room here for: Afterwards" in words
    assert "People I can ask" in words


def test_longest_plan_that_can_be_saved_still_makes_a_sheet_and_all_its_pages() -> None:
    plan = replace(plan_of(*["Ж" * LONGEST_TEXT] * len(CRISIS)), first_steps=("Ж" * LONGEST_STEP,) * 3)
    sheet = sheets.folded(plan)
    assert len(sheet.pages) <= 2
    assert sheet.left_out
    pages = as_read(plan, folded=False)
    assert {page.size for page in pages} == {A4_UP}
    assert all_words(pages).count("Ж") == LONGEST_TEXT * len(CRISIS) + 3 * LONGEST_STEP


def test_plan_of_many_short_lines_is_whole_on_its_pages() -> None:
    pages = as_read(plan_of("Ж\n" * 3000), folded=False)
    assert all_words(pages).count("Ж") == 3000
    assert len(pages) > 60


def test_pages_say_which_they_are_and_nothing_says_who_or_when() -> None:
    file = pdf.written(sheets.upright(plan_of("Tea.")).pages, title="My plan")
    assert "Page 1 of 1" in all_words(read(file))
    for told in (b"Producer", b"Creator", b"Author", b"CreationDate", b"pydyf"):
        assert told not in file


@pytest.mark.parametrize("folded", [True, False])
def test_file_tells_a_program_that_reads_aloud_its_headings_its_order_and_its_language(folded: bool) -> None:
    sheet = sheets.folded(plan_of("Tea.\nThen toast.")) if folded else sheets.upright(plan_of("Tea.\nThen toast."))
    file = pdf.written(sheet.pages, title="My crisis plan")
    for said in (b"/Marked true", b"/Lang (en-GB)", b"/DisplayDocTitle true", b"/Title (My crisis plan)"):
        assert said in file
    elements = re.findall(rb"/StructElem\s*/S /(\w+)\s*/P \d+ 0 R\s*/K \[([\d ]*)\]\s*/Pg \d+ 0 R", file)
    assert {tag for tag, _marks in elements} == {b"H2", b"P"}
    # Every line belongs to one of them, each once, in the order in which they are drawn.
    marks = [int(mark) for _tag, marks in elements for mark in marks.split()]
    lines = [len(page.lines) for page in sheet.pages]
    assert marks == [mark for page in lines for mark in range(page)]
    assert b"/StructTreeRoot" in file


def test_number_in_ones_own_words_can_be_tapped_and_stands_on_one_line() -> None:
    pages = as_read(
        plan_of("x", "x", "x", "x", "Somebody kind lives round the corner from here, so ring 07700 900 123 at once")
    )
    assert "tel:07700900123" in pages[0].taps
    assert any("07700\u00a0900\u00a0123" in line or "07700 900 123" in line for line in pages[0].lines)


@pytest.mark.parametrize(
    "words", ["Tŷ ar y bryn, ŵyn", "Zażółć gęślą jaźń", "Ştiu că încă țin", "Привет", "Καλά", "£5 – “ok” ✓ 😀"]
)
def test_letters_of_these_writings_are_all_printed(words: str) -> None:
    assert missing_in(words) == 0
    assert words in all_words(as_read(plan_of(words)))


def test_letters_that_cannot_be_printed_are_counted_and_leave_a_frame() -> None:
    shown, missing = printable("Tea नमस्ते", face(REGULAR).has)
    assert missing == missing_in("नमस्ते") == shown.count(NOT_PRINTED) == 6
    assert missing_in("👍🏽‍♀️ ok") <= 4


def test_arabic_is_joined_and_stands_from_right_to_left() -> None:
    words = "اتصل بأحمد"
    assert reads_from_right(words)
    seen = as_seen(joined(words), from_right=True)
    assert seen[-1] == "\ufe8d"  # alef, at the beginning of the word: alone
    assert all(letter == " " or letter > "\ufe70" for letter in seen)
    assert all(face(name).has(letter) for letter in seen for name in (REGULAR, BOLD))


def test_number_inside_arabic_keeps_its_order_and_brackets_turn_round() -> None:
    seen = as_seen(joined("اتصل (07700 900123) الآن"), from_right=True)
    assert "07700 900123" in seen
    assert seen.index("(") < seen.index("07700") < seen.index(")")


def test_lam_with_alef_is_one_sign() -> None:
    assert joined("لا") == "\ufefb"
    assert joined("سلام")[1] == "\ufefc"


def test_letter_with_thousands_of_marks_takes_no_long_time() -> None:
    began = time.perf_counter()
    line = "\u0628" + "\u064b" * LONGEST_TEXT + "\u0628"
    assert joined(line) == "\ufe91" + "\u064b" * LONGEST_TEXT + "\ufe90"
    assert time.perf_counter() - began < 2


def test_words_in_hebrew_are_turned_round() -> None:
    assert as_seen("שלום", from_right=True) == "םולש"


def test_printing_writes_nothing_to_the_disk(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    as_read(plan_of("Tea."))
    assert list(tmp_path.iterdir()) == []
