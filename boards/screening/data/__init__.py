"""Reads the words and phrases, which are data: a community's words change more often than code."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    """One TOML file of this folder."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def letters() -> dict[str, str]:
    """What a strange letter or an emoji stands for."""
    content = read("letters")
    table: dict[str, str] = {}
    for plain, lookalikes in content["lookalikes"].items():
        table.update(dict.fromkeys(lookalikes, plain))
    for first, plain_first in content["alphabets"].items():
        table.update({chr(ord(first) + n): chr(ord(plain_first) + n) for n in range(26)})
    for word, signs in content["emoji"].items():
        table.update(dict.fromkeys(signs, f" {sign_name(word)} "))
    return table


def sign_name(word: str) -> str:
    """How an emoji stands in a folded text, so that it is told from the word written out."""
    return f"{word}sign"


@cache
def signs() -> dict[str, str]:
    """Each emoji's name and the word it stands for."""
    return {sign_name(word): word for word in read("letters")["emoji"]}


@cache
def words() -> dict[str, Any]:
    """Classes of words, spoken forms, fillers."""
    return read("words")


@cache
def groups() -> dict[str, str]:
    """Words that say much the same, by the name of their group."""
    return {name: str(words) for name, words in read("groups").items()}


@cache
def weights() -> dict[str, float]:
    """The weight of each sign, as learn.py wrote it."""
    lines = (HERE / "weights.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return {sign: float(weight) for weight, sign in pairs}


@cache
def seen() -> dict[str, int]:
    """In how many lines of the development set each word, or its group, stands, as learn.py wrote it."""
    lines = (HERE / "seen.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return {word: int(times) for times, word in pairs}


@cache
def ordinary() -> frozenset[str]:
    """Words that are one slip away from one that matters and mean something else."""
    return frozenset((HERE / "ordinary.txt").read_text(encoding="utf-8").split())


@cache
def reasons() -> dict[str, str]:
    """The sentences shown to the Top Three, in English, by key."""
    return {key: str(text) for key, text in read("reasons").items()}


def families(*names: str) -> list[dict[str, Any]]:
    """The families of phrases in the named files, in order."""
    return [family for name in names for family in read(name)["family"]]
