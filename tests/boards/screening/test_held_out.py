"""Measured on words written apart, by somebody who had not seen the rules, and frozen before them (6.1, 6.3).

Nobody who works on the rules reads these files. Every miss is printed, so that whoever must know can see it:
`pytest -s tests/boards/screening/test_held_out.py`.
"""

import hashlib
from math import sqrt
from pathlib import Path

import pytest

from boards.screening import screen

HERE = Path(__file__).parent
FROZEN = HERE / "FROZEN.sha256"
THREAT, HARMLESS = "held_out_threat.txt", "held_out_harmless.txt"
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


@pytest.mark.parametrize("line", FROZEN.read_text(encoding="utf-8").splitlines())
def test_the_set_is_the_one_that_was_frozen(line):
    digest, name = line.split()

    assert hashlib.sha256((HERE / name).read_bytes()).hexdigest() == digest


def test_the_set_is_large_enough():
    assert len(lines(THREAT)) >= 150
    assert len(lines(HARMLESS)) >= 300


def test_imminent_threats_are_held():
    said = lines(THREAT)
    missed = [line for line in said if not screen(line)]
    report("threats held", len(said) - len(missed), len(said))
    for line in missed:
        print(f"  missed: {line}")

    assert 1 - len(missed) / len(said) >= 0.95


def test_harmless_words_are_seldom_held():
    said = lines(HARMLESS)
    held = {line: screen(line) for line in said}
    wrongly = {line: found for line, found in held.items() if found}
    report("harmless held", len(wrongly), len(said))
    for line, found in wrongly.items():
        print(f"  held: {line} ({', '.join(finding.phrase for finding in found)})")

    assert len(wrongly) / len(said) <= 0.15


def test_wilson_interval_matches_a_known_value():
    low, high = wilson(95, 100)

    assert (round(low, 3), round(high, 3)) == (0.888, 0.978)
