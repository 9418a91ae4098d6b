"""The README says what the demo prints, and its pictures are there and light."""

import re
from pathlib import Path

from peernet.demo import book, people

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
BIGGEST = 120 * 1024


def test_readme_names_the_demo_s_people_and_password_as_they_are() -> None:
    assert f"`{people.PASSWORD}`" in README
    by_name = {person.sign_in_name: person for person in book.people()}
    rows = re.findall(r"^\| `([a-z]+-[a-z]+-[a-z]+-\d\d)`( \*)? \| (\w+),", README, re.M)
    assert len(rows) >= 5
    for sign_in_name, star, display_name in rows:
        assert by_name[sign_in_name].display_name == display_name
        assert by_name[sign_in_name].has_second_step == bool(star)


def test_pictures_of_pages_are_there_and_light() -> None:
    pictures = re.findall(r"!\[[^\]]{10,}\]\((\S+\.png)\)", README)
    assert len(pictures) >= 5
    for picture in pictures:
        assert 0 < (ROOT / picture).stat().st_size <= BIGGEST, picture


def test_readme_has_the_two_commands() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in ("run", "test"):
        assert f"    make {target}\n" in README
        assert re.search(rf"^{target}:", makefile, re.M)
