"""The guides are read in the site from the same papers, safe and whole, by anybody, without script."""

import re

import pytest
from django.test import Client

from peernet import guides
from tests.docs.test_papers import ROOT

NAMES = sorted(guides.GUIDES)


@pytest.mark.parametrize("name", NAMES)
def test_guide_is_there_for_everybody_word_for_word(db: None, name: str) -> None:
    answer = Client().get(f"/guides/{name}/")
    assert answer.status_code == 200
    page = answer.content.decode()
    paper = (ROOT / "docs" / "guides" / f"{name}.md").read_text()
    for heading in re.findall(r"^#+ (.+)$", paper, re.M):
        assert f">{heading.replace(chr(39), '&#39;')}</h" in page or f">{heading}</h" in page, heading
    assert page.count("<h1>") == 1
    last = paper.strip().rpartition("\n\n")[2].split()[-3:]
    assert " ".join(last).replace("'", "&#39;") in page or " ".join(last) in page


@pytest.mark.parametrize("name", NAMES)
def test_guide_has_links_that_lead_somewhere_and_pictures_only_when_asked(db: None, name: str) -> None:
    html = guides.as_html(name)
    assert "<img" not in html
    found = re.findall(r'href="([^"]+)"', html)
    assert any(link.startswith("/guides/pictures/") for link in found)
    client = Client()
    for link in found:
        answer = client.get(link)
        assert answer.status_code == 200, link
        if link.endswith(".png"):
            assert answer["Content-Type"] == "image/png"
            assert answer.content[:4] == b"\x89PNG"


@pytest.mark.parametrize(
    "address", ["/guides/operators/", "/guides/operators-alarms/", "/guides/pictures/layers.png", "/guides/x/"]
)
def test_no_other_paper_or_picture_is_served(db: None, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_a_paper_is_made_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    links = "[a](javascript:alert(1)) ![x](http://elsewhere.example/x.png) [o](operators.md)"
    bad = f"# Hello\n\n<script>alert(1)</script> {links}\n"
    monkeypatch.setattr(guides, "_text", lambda name: bad)
    guides.as_html.cache_clear()
    html = guides.as_html("members")
    guides.as_html.cache_clear()
    for harm in ("<script", 'javascript:alert(1)"', 'elsewhere.example/x.png"', "operators"):
        assert harm not in html
    assert "<h1>Hello</h1>" in html


def test_guide_is_linked_from_every_page(db: None) -> None:
    for page in ("/", "/help-now/", "/accounts/login/"):
        assert 'href="/guides/members/"' in Client().get(page).content.decode()


def test_guides_tell_all_that_this_release_adds() -> None:
    members, three = (
        "\n".join((ROOT / "docs" / "guides" / f"{name}.md").read_text().casefold() for name in NAMES if kind in name)
        for kind in ("members", "top-three")
    )
    told = "new; look for words; mute; draft; cover; not connected just now; quiet hours; once a day; report; phone"
    more = "look at all of it; leave; erase my posts; break; run the computer; without script; who can see this"
    assert [thing for thing in f"{told}; {more}".split("; ") if thing not in members] == []
    told = "never goes to that one; queue; not connected just now; quiet hours; alternates; read aloud"
    assert [thing for thing in told.split("; ") if thing not in three] == []


def test_guides_tell_of_deciding_and_of_the_hard_things() -> None:
    told = {
        "members-deciding": "elections begin; secret; locked box; being held again; i think this is wrong; ask to come "
        "back; kept apart; staff who were asked in; lead service users; has died; bring your own thread; a number",
        "top-three-hard-things": "not mine to decide; objection; the log; pointer; copy; 72 hours; danger; 10 minutes; "
        "asking staff in; has died; step down; hand this to the others; rota; note for the next",
        "staff": "cover hours; hold overdue; significant event; danger notice; asked in; each look; outnumber; died",
    }
    papers = {name: (ROOT / "docs" / "guides" / f"{name}.md").read_text() for name in told}
    plain = {name: " ".join(paper.casefold().split()) for name, paper in papers.items()}
    assert [(name, thing) for name in told for thing in told[name].split("; ") if thing not in plain[name]] == []


def test_guide_of_plans_tells_of_every_way() -> None:
    paper = " ".join((ROOT / "docs" / "guides" / "members-plan.md").read_text().casefold().split())
    told = "five minutes; first steps; all versions; one step at a time; whoever runs the live server could; "
    told += "close it now; a link and a code; who looked; is not locked; home screen; six digits take minutes; "
    told += "if you lose the phone; erase my plans; after 7 days; shut for a day; need not have one"
    assert [thing for thing in told.split("; ") if thing not in paper] == []


def test_guides_of_groups_tell_of_every_way() -> None:
    told = {
        "members-groups": "you need not say why; waiting list; away for a while; two hours before; nobody sees who; "
        "appointment; make a new one; would like a turn; leave a part out; it closes when the session ends; "
        "one word is enough; envelope; nothing happens by itself; nobody can say no; local life; 999",
        "secretaries": "somebody else came; counts for nobody; not who told what; they need not say why; "
        "put it in order; give it back; welcome; 999",
        "staff": "your day; hold it after all; registers to take; names no place; only then do the days to answer",
        "top-three-hard-things": "counted again first; nobody can say no; say what follows",
    }
    papers = {name: (ROOT / "docs" / "guides" / f"{name}.md").read_text() for name in told}
    plain = {name: " ".join(paper.casefold().split()) for name, paper in papers.items()}
    assert [(name, thing) for name in told for thing in told[name].split("; ") if thing not in plain[name]] == []


def test_no_paper_says_that_a_plan_prevents_harm() -> None:
    claims = re.compile(r"plans? (?:that )?(?:prevents?|keeps? you safe|protects? you|saves? lives|reduces?)", re.I)
    pages = [*(ROOT / "docs" / "guides").glob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"]
    pages += (ROOT / "templates" / "crisisplans").glob("*.html")
    assert [path.name for path in pages if claims.search(" ".join(path.read_text().split()))] == []
    assert claims.search("A plan keeps you safe.")
