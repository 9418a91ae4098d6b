"""`peernet community`: start a community and print its first people's links; set a rule before it has members."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING, Any

from peernet.commands import site

if TYPE_CHECKING:
    from communities.models import Community
    from communities.services.founding import FirstLink

NOT_UNDERSTOOD = 2


def configure(parser: ArgumentParser) -> None:
    below = parser.add_subparsers(dest="what", required=True, metavar="create|links|staff|rule")
    start = below.add_parser("create", help="start a community and print its links")
    start.add_argument("name", metavar="NAME", help="what it is called")
    start.add_argument("--preset", required=True, help="day_community, service_user_network or crisis_house")
    start.add_argument(
        "--founder", required=True, metavar="NAME", help="a word to know the founder by, not a real name"
    )
    start.add_argument(
        "--caretaker", action="append", required=True, metavar="NAME", help="one to four more, each once"
    )
    start.add_argument("--staff", required=True, metavar="NAME", help="a word to know the first member of staff by")
    start.add_argument(
        "--rule", action="append", type=pair, default=[], metavar="KEY=VALUE", help="another value for a rule"
    )
    start.add_argument(
        "--nation", default="", help="england, scotland, wales or northern_ireland: whose help comes first"
    )
    start.add_argument("--about", default="", help="a sentence or two that say what it is")
    start.add_argument("--address", default="", metavar="WORD", help="its word in /c/WORD/ (else made from the name)")
    start.add_argument("--json", action="store_true", help="print the links as JSON")
    links = below.add_parser("links", help="make anew the first links that nobody has used")
    links.add_argument("address", metavar="WORD", help="its word in /c/WORD/")
    links.add_argument("--json", action="store_true", help="print the links as JSON")
    staff = below.add_parser("staff", help="make a link for one more member of staff")
    staff.add_argument("address", metavar="WORD", help="its word in /c/WORD/")
    staff.add_argument("name", metavar="NAME", help="a word to know them by, not a real name")
    staff.add_argument("--json", action="store_true", help="print the link as JSON")
    rule = below.add_parser("rule", help="set a rule of a community that has no members yet")
    rule.add_argument("address", metavar="WORD", help="its word in /c/WORD/")
    rule.add_argument("rule", type=pair, metavar="KEY=VALUE")
    rule.add_argument("--reason", required=True, help="why, in plain words; members read it on the rules page")


def pair(written: str) -> tuple[str, str]:
    """Read KEY=VALUE."""
    key, equals, value = written.partition("=")
    if not (key and equals):
        raise ArgumentTypeError(f"“{written}” is not of the form key=value")
    return key, value


def call(given: Namespace) -> int:
    """Exit code 0: done; 2: something in the command can't be, and one line on stderr says what."""
    site.open_site()
    site.need_tables()
    from django.core.exceptions import ValidationError

    verbs = {"create": create, "links": renew, "staff": one_more_of_staff, "rule": set_one_rule}
    try:
        verbs[given.what](given)
    except ValidationError as wrong:
        print(" ".join(wrong.messages), file=sys.stderr)
        return NOT_UNDERSTOOD
    return 0


def create(given: Namespace) -> None:
    """Start the community and print each link, this once."""
    from communities.services import create_community
    from peernet import demo_guard

    founded = create_community(
        name=given.name,
        preset=given.preset,
        founder=given.founder,
        caretakers=given.caretaker,
        staff=given.staff,
        chosen_rules=dict(given.rule),
        nation=given.nation,
        about=given.about,
        slug=given.address,
        # Beside the demo's people everything is of the demo (peernet.demo_guard).
        is_demo=demo_guard.demo_people(),
    )
    show(given, founded.community, founded.links)


def renew(given: Namespace) -> None:
    """Make new links for those of the first people who have not come in yet."""
    from communities.services import renew_first_links

    community = at_address(given.address)
    show(given, community, renew_first_links(community=community))


def one_more_of_staff(given: Namespace) -> None:
    """Print a link for one more member of staff."""
    from communities.services import invite_staff

    community = at_address(given.address)
    show(given, community, [invite_staff(community=community, label=given.name)])


def show(given: Namespace, community: "Community", links: "list[FirstLink]") -> None:
    """Print the community's address and each link whole: they are kept nowhere."""
    from django.urls import reverse

    from communities.queries import open_link, rules_of

    referral = open_link(community) if rules_of(community).self_referral else None
    shown = {
        "name": community.name,
        "address": whole(reverse("boards:front", args=[community.slug])),
        "links": [{"for": one.label, "as": one.way, "link": join_link(one.token)} for one in links],
        "open_link": join_link(referral.token) if referral else "",
    }
    print(json.dumps(shown, ensure_ascii=False, indent=2) if given.json else in_words(shown))


def join_link(token: str) -> str:
    from django.urls import reverse

    return whole(reverse("communities:join", args=[token]))


def whole(path: str) -> str:
    """The path as an address to give out (PEERNET_ADDRESS)."""
    from django.conf import settings

    return settings.SITE_ADDRESS.rstrip("/") + path


def in_words(shown: dict[str, Any]) -> str:
    lines = [f"{shown['name']}: {shown['address']}"]
    if shown["links"]:
        lines += ["", "Each of these links is for one person. It opens once, within 14 days, and is shown only now:"]
    for one in shown["links"]:
        lines += ["", f"  {one['for']} ({one['as']})", f"  {one['link']}"]
    if shown["open_link"]:
        lines += ["", "Anybody may ask to join with the open link:", f"  {shown['open_link']}"]
    return "\n".join(lines)


def at_address(word: str) -> "Community":
    """The community at /c/WORD/. Raises ValidationError."""
    from django.core.exceptions import ValidationError

    from communities.models import Community

    community = Community.objects.filter(slug=word).first()
    if community is None:
        raise ValidationError(f"There is no community at /c/{word}/.")
    return community


def set_one_rule(given: Namespace) -> None:
    """Set one rule while the community has no members; afterwards its members' vote does."""
    import clock
    from communities.rules import parse
    from communities.services import set_rule

    community = at_address(given.address)
    key, written = given.rule
    value = parse(key, written)
    set_rule(
        community=community,
        key=key,
        value=value,
        reason=given.reason,
        decided_by="the operator, before there were members",
        now=clock.now(),
    )
    print(f"{community.name}: {key} is {written} now.")
