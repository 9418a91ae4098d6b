"""Measured on words written apart, by authors who had not seen the rules, and frozen by hash (6.1, 6.3).

The first set and the reserve were frozen before there were rules. Figures of theirs were looked at while the rules
grew, so the last set was written and frozen afterwards and measured at the end. Nobody who works on the rules reads
the lines. Every miss is printed, so that whoever must know can see it:
`pytest -s tests/boards/screening/test_held_out.py`.
"""

import hashlib
from math import sqrt
from pathlib import Path

import pytest

from boards.screening import screen

HERE = Path(__file__).parent
FROZEN = sorted(HERE.glob("FROZEN*.sha256"))
# Set, fewest threats held, most harmless held. The reserve is the quietest: its figure is printed as it is.
SETS = [("held_out", 0.95, 0.15), ("final", 0.95, 0.15), ("reserve", 0.92, 0.18)]
ORDINARY_HELD_AT_MOST = 0.25
NORMAL_95 = 1.959964


def lines(name: str) -> list[str]:
    return [line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share, by Wilson's score."""
    share, z = hits / of, NORMAL_95
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return middle - half, middle + half


def report(what: str, hits: int, of: int) -> None:
    low, high = wilson(hits, of)
    print(f"\n{what}: {hits} of {of} = {hits / of:.3f} (95 % interval {low:.3f} to {high:.3f})")


@pytest.mark.parametrize("line", [line for file in FROZEN for line in file.read_text("utf-8").splitlines()])
def test_the_set_is_the_one_that_was_frozen(line):
    digest, name = line.split()

    assert hashlib.sha256((HERE / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("name", [row[0] for row in SETS])
def test_the_set_is_large_enough(name):
    assert len(lines(f"{name}_threat.txt")) >= 150
    assert len(lines(f"{name}_harmless.txt")) >= 300


@pytest.mark.parametrize(("name", "fewest"), [row[:2] for row in SETS])
def test_imminent_threats_are_held(name, fewest):
    said = lines(f"{name}_threat.txt")
    missed = [line for line in said if not screen(line)]
    report(f"{name}: threats held", len(said) - len(missed), len(said))
    for line in missed:
        print(f"  missed: {line}")

    assert 1 - len(missed) / len(said) >= fewest


@pytest.mark.parametrize(("name", "most"), [(row[0], row[2]) for row in SETS])
def test_harmless_words_are_seldom_held(name, most):
    said = lines(f"{name}_harmless.txt")
    held = {line: screen(line) for line in said}
    wrongly = {line: found for line, found in held.items() if found}
    report(f"{name}: harmless held", len(wrongly), len(said))
    for line, found in wrongly.items():
        print(f"  held: {line} ({', '.join(finding.phrase for finding in found)})")

    assert len(wrongly) / len(said) <= most


def test_ordinary_longer_posts_are_seldom_held():
    """Four in five of these touch a tempting word on purpose; of the demo's life fewer than one in ten is held."""
    said = lines("held_out_ordinary.txt")
    wrongly = sum(bool(screen(line)) for line in said)
    report("ordinary longer posts held", wrongly, len(said))

    assert wrongly / len(said) <= ORDINARY_HELD_AT_MOST


def test_wilson_interval_matches_a_known_value():
    low, high = wilson(95, 100)

    assert (round(low, 3), round(high, 3)) == (0.888, 0.978)
