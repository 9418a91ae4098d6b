"""Every page in a real Chromium, as those who meet it: nothing for axe to find, nothing too wide, nothing too heavy."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.answers.browser import faults, too_wide
from tests.browser.pressable import covered, stretch, unreached
from tests.browser.real_site import DemoSite

pytestmark = pytest.mark.browser

C = "/c/fellside/"
PAGES = {
    "": [
        "/",
        "/help-now/",
        "/leave-this-page/",
        "/at-hand/",
        "/accounts/login/",
        "/accounts/way-back/",
        "/accounts/password/reset/",
        "/join/no-such-link/",
        "/shared/no-such-link/",
        "/nothing-here/",
        "JOIN",
        "/guides/members/",
        "/guides/top-three/",
        "/guides/members-deciding/",
        "/guides/top-three-hard-things/",
        "/guides/staff/",
    ],
    "heron": [
        "/",
        C,
        f"{C}board/",
        f"{C}board/new/",
        f"{C}board/read/",
        f"{C}board/LONG/mute/",
        f"{C}search/",
        f"{C}search/?q=walking",
        f"{C}muted/",
        f"{C}board/HIDDEN/",
        f"{C}board/LONG/",
        f"{C}waiting/",
        f"{C}drafts/DRAFT/",
        f"{C}board/COVERED/",
        f"{C}rules/",
        f"{C}rules/aloud/",
        f"{C}welcome/",
        f"{C}welcome/1/",
        f"{C}meeting/",
        f"{C}meeting/WAS/",
        f"{C}meeting/bring/BRINGABLE/",
        f"{C}meeting/add/",
        f"{C}groups/diary/",
        f"{C}groups/times/",
        f"{C}groups/times/ask/",
        f"{C}local/",
        f"{C}local/new/",
        f"{C}local/BIT/",
        f"{C}local/BIT/change/",
        f"{C}groups/",
        f"{C}groups/all/",
        f"{C}groups/CIRCLE/",
        f"{C}groups/sessions/SOON/",
        f"{C}groups/sessions/SOON/coming/",
        f"{C}groups/sessions/SOON/room/",
        f"{C}groups/sessions/SOON/plans/",
        f"{C}groups/sessions/BEFORE/logbook/",
        f"{C}groups/away/",
        f"{C}groups/reminders/",
        f"{C}groups/turns/",
        f"{C}groups/logbook/",
        f"{C}groups/logbook/?q=kettle",
        f"{C}groups/order/",
        f"{C}groups/venues/",
        f"{C}groups/new/",
        f"{C}groups/once/",
        f"{C}groups/times/TIMES/",
        f"{C}groups/times/TIMES/change/",
        f"{C}groups/times/TIMES/settle/",
        f"{C}letters/",
        f"{C}letters/UNWRITTEN/",
        f"{C}letters/ONITSWAY/paper/",
        "/my-plan/versions/",
        "/my-plan/versions/1/",
        "/my-plan/sharing/crisis/link/",
        "/my-plan/sharing/crisis/review/fellside/",
        "/my-plan/now/1/",
        "/my-plan/growing/print/",
        f"{C}meeting/posts/PIECE/",
        f"{C}report/",
        f"{C}report/person/WREN/",
        f"{C}report/post/ANSWERED/",
        f"{C}board/posts/ANSWERED/mute/",
        f"{C}people/",
        f"{C}seats/",
        f"{C}elections/",
        f"{C}elections/ELECTED/",
        f"{C}votes/COUNTED/",
        f"{C}votes/",
        f"{C}motions/RULED/",
        f"{C}propose/",
        f"{C}propose/rule/",
        f"{C}propose/admission/",
        f"{C}propose/suspension/",
        f"{C}elections/names/",
        f"{C}people/WREN/",
        f"{C}rules/decided/",
        f"{C}bank/",
        f"{C}invitations/",
        f"{C}break/",
        f"{C}moderation/",
        "/my-plan/on-this-phone/",
        "/my-plan/now/",
        "/my-plan/print/",
        "/my-plan/take/",
        "/my-plan/bring/",
        "/notices/",
        "/notices/choices/",
        "/your-words/",
        "/accounts/yours/",
        "/accounts/yours/fellside/erase/",
        "/accounts/yours/fellside/leave/",
        "/accounts/",
        "/accounts/sessions/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/logout/",
        "/accounts/reauthenticate/",
    ],
    "moss": [
        f"{C}waiting/HELD/",
        f"{C}waiting/HELD/change/",
        f"{C}waiting/HELD/take-back/",
        "/my-plan/",
        "/my-plan/parts/well/",
        "/my-plan/parts/support_calls/",
        "/my-plan/first-steps/",
        "/my-plan/review/",
        "/my-plan/headings/",
        "/my-plan/growing/",
        "/my-plan/growing/parts/hopes/",
        "/my-plan/erase/",
        f"{C}plan-headings/crisis/",
        f"{C}groups/EVENING/change/",
        f"{C}groups/EVENING/end/",
        f"{C}groups/EVENING/extra/",
        f"{C}groups/sessions/MYTURN/turn/secretary/",
        "/my-plan/growing/review/",
    ],
    "fern": [
        f"{C}waiting/",
        f"{C}waiting/RETURNED/change/",
        f"{C}object/post:RETURNED/",
        f"{C}about-you/DANGER/",
        f"{C}your-number/",
        f"{C}asked-in/",
    ],
    "wren": [
        f"{C}plan-headings/crisis/change/",
        C,
        f"{C}moderation/",
        f"{C}moderation/HELD/",
        f"{C}moderation/HIDDEN_POST/",
        f"{C}moderation/log/",
        f"{C}moderation/log/bring/?v=VERSION",
        f"{C}meeting/items/COPIED/copy/",
        f"{C}meeting/plan/",
        f"{C}moderation/reports/",
        f"{C}moderation/danger/",
        f"{C}moderation/danger/new/",
        f"{C}moderation/danger/DANGER/",
        f"{C}moderation/tell-staff/",
        f"{C}moderation/ask-in/",
        f"{C}hours/",
        f"{C}rota/",
        f"{C}moderation/sharing/",
        f"{C}moderation/HELD/hand-on/",
        f"{C}bank/",
        f"{C}admissions/",
        f"{C}way-back/",
        f"{C}seats/SEAT/step-down/",
        f"{C}invitations/",
        "/notices/",
        "/notices/choices/",
    ],
    "dale": [
        f"{C}meeting/",
        f"{C}meeting/COMING/move/",
        f"{C}meeting/COMING/paper/",
        f"{C}meeting/COMING/arrange/",
        f"{C}day/",
        f"{C}groups/registers/",
        f"{C}groups/sessions/BEFORE/register/",
        f"{C}groups/sessions/BEFORE/",
        f"{C}groups/sessions/SOON/coming/for/",
        f"{C}groups/away/for/",
        f"{C}groups/sessions/SOON/topic/",
        f"{C}groups/sessions/SOON/move/",
        f"{C}groups/sessions/SOON/cancel/",
        f"{C}groups/logbook/parts/SAYS/",
        f"{C}groups/CIRCLE/order/",
        f"{C}groups/venues/new/",
        f"{C}groups/venues/WHEREAT/change/",
        C,
        f"{C}rules/",
        f"{C}moderation/reports/",
        f"{C}hours/",
        f"{C}way-back/",
        f"{C}moderation/staff/",
        f"{C}moderation/staff/danger/DANGER/",
        f"{C}asked-in/board/GUEST/",
        f"{C}asked-in/",
    ],
    "linden": [f"{C}bank/training/", f"{C}letters/yours/", f"{C}letters/yours/ONITSWAY/"],
    "finch": [
        C,
        f"{C}rules/",
        f"{C}welcome/6/",
        f"{C}report/",
        f"{C}motions/ADMITTING/",
        f"{C}motions/ADMITTING/words/own/",
    ],
    "hazel": [C, f"{C}break/"],
    "sorrel": [C, f"{C}come-back/"],
    "bramble": [C, f"{C}waiting/", f"{C}letter/", f"{C}people/"],
    "thorn": [C, f"{C}waiting/", f"{C}report/person/WREN/", f"{C}letter/", f"{C}keep-apart/"],
    "clover": [
        "/my-plan/",
        "/my-plan/start/",
        "/my-plan/start/1/",
        "/my-plan/start/look/",
        "/my-plan/sharing/",
        "/my-plan/sharing/looks/",
        f"{C}plans/",
        f"{C}keep-apart/",
        f"{C}told/",
        f"{C}objections/OBJECTION/",
    ],
    "ash": [
        f"{C}moderation/objections/",
        f"{C}moderation/objections/OBJECTION/",
        f"{C}moderation/HELD/not-mine/",
        f"{C}moderation/places/",
        f"{C}moderation/places/SUSPENDED/",
        f"{C}moderation/places/suspend/WREN/",
        f"{C}keep-apart/asked/",
        f"{C}keep-apart/asked/APART/",
        f"{C}moderation/died/",
    ],
    "willow": ["/", "/accounts/yours/", "/accounts/yours/fellside/erase/", f"{C}told/"],
    "avocet": ["/c/riverside/", "/my-plan/sharing/", "/my-plan/sharing/suggestions/SUGGESTED/"],
    "teal": [
        "/c/riverside/elections/",
        "/c/riverside/elections/ELECTING/",
        "/c/riverside/votes/PAPER/",
        "/c/riverside/plans/",
        "/c/riverside/plans/OPENED/",
        "/c/riverside/plans/OPENED/suggest/on_my_own/",
        "/c/riverside/plans/OPENED/done/",
        "/c/riverside/groups/",
    ],
    "otter": ["/c/riverside/", "/c/riverside/rules/"],
}
A_POST_OF_ANOTHER = (
    "SELECT p.id FROM boards_post p JOIN communities_membership m ON m.id = p.author_id "
    "WHERE m.display_name = 'Rowan' AND p.state = 'accepted' ORDER BY p.id DESC"
)
LIMIT_FIRST, LIMIT_AFTER = 60_000, 15_000


def of_groups(site: DemoSite) -> dict[str, int]:
    """The numbers of what meets in Fellside: the morning group, its sessions before and after now, its letters."""
    [circle, evening] = [
        site.one(f"SELECT id FROM meetings_group WHERE title = '{title}'")
        for title in ("Morning group", "Thursday evening call")
    ]
    sessions = f"FROM meetings_session WHERE group_id = {circle} AND state = 'planned' AND starts_at"
    written = "FROM meetings_logbook l JOIN meetings_session s ON s.id = l.session_id"
    return {
        "CIRCLE": circle,
        "EVENING": evening,
        "SOON": site.one(f"SELECT id {sessions} > datetime('now') ORDER BY starts_at"),
        "BEFORE": site.one(f"SELECT s.id {written} WHERE group_id = {circle} AND l.state = 'writing'"),
        "SAYS": site.one(
            f"SELECT p.id {written} JOIN meetings_logbookpart p ON p.logbook_id = l.id "
            f"WHERE group_id = {circle} AND l.state = 'writing'"
        ),
        "MYTURN": site.one(
            "SELECT r.session_id FROM meetings_sessionrole r JOIN meetings_session s ON s.id = r.session_id "
            f"WHERE r.membership_id = {site.membership('Moss')} AND r.role = 'secretary' "
            "AND s.starts_at > datetime('now') ORDER BY s.starts_at"
        ),
        "UNWRITTEN": site.one("SELECT id FROM meetings_absencecase WHERE state = 'writing'"),
        "ONITSWAY": site.one("SELECT id FROM meetings_absencecase WHERE state = 'sent'"),
        "TIMES": site.one(f"SELECT id FROM meetings_timepoll WHERE made_by_id = {site.membership('Heron')}"),
        "BIT": site.one(f"SELECT id FROM meetings_localpiece WHERE made_by_id = {site.membership('Heron')}"),
        "WHEREAT": site.one("SELECT id FROM meetings_venue WHERE name = 'The old chapel hall'"),
    }


def addresses(site: DemoSite, key: str) -> list[str]:
    """The pages of a person, with the numbers of this demo put in."""
    held, _thread = site.post_in("held")
    hidden, hidden_in = site.post_in("hidden")
    returned, _thread = site.post_in("returned")
    numbers = {
        "HIDDEN_POST": hidden,
        "HIDDEN": hidden_in,
        "HELD": held,
        "RETURNED": returned,
        "LONG": site.longest_thread(),
        "DRAFT": site.one("SELECT id FROM boards_draft"),
        "COVERED": site.one("SELECT thread_id FROM boards_post WHERE cover != ''"),
        "DANGER": site.one("SELECT id FROM moderation_dangernotice"),
        "GUEST": site.one("SELECT thread_id FROM boards_staffinvitation"),
        "WREN": site.membership("Wren"),
        "SUSPENDED": site.one("SELECT suspension_id FROM moderation_returnasked"),
        "OBJECTION": site.one("SELECT id FROM moderation_objection WHERE state = 'open'"),
        "APART": site.one("SELECT id FROM communities_keepapart"),
        "COPIED": site.one("SELECT id FROM meetings_agendaitem WHERE kind = 'copy'"),
        "WAS": site.one("SELECT id FROM meetings_communitymeeting WHERE state = 'ended'"),
        "COMING": site.one("SELECT id FROM meetings_communitymeeting WHERE state = 'planned'"),
        "PIECE": site.one(f"SELECT id FROM meetings_copiedpost WHERE author_id = {site.membership('Heron')}"),
        "VERSION": site.one(f"SELECT id FROM boards_postversion WHERE post_id = {hidden}"),
        "BRINGABLE": site.one(
            "SELECT id FROM boards_thread WHERE shown_from IS NOT NULL "
            f"AND author_id = {site.membership('Heron')} ORDER BY id DESC"
        ),
        "ELECTED": site.one("SELECT id FROM elections_election WHERE state = 'decided'"),
        "COUNTED": site.one("SELECT poll_id FROM elections_election WHERE state = 'decided'"),
        "PAPER": site.one("SELECT poll_id FROM elections_election WHERE state = 'voting'"),
        "ELECTING": site.one("SELECT id FROM elections_election WHERE state = 'voting'"),
        "SEAT": site.one(f"SELECT id FROM communities_termofoffice WHERE membership_id = {site.membership('Wren')}"),
        "ANSWERED": site.one(A_POST_OF_ANOTHER),
        "RULED": site.one("SELECT id FROM elections_motion WHERE kind = 'rule'"),
        "OPENED": site.one("SELECT opening_id FROM crisisplans_suggestion"),
        "SUGGESTED": site.one("SELECT id FROM crisisplans_suggestion"),
        "ADMITTING": site.one("SELECT id FROM elections_motion WHERE kind = 'admission'"),
        **of_groups(site),
    }
    found = []
    for page in PAGES[key]:
        address = site.open_link() if page == "JOIN" else page
        for name, number in numbers.items():
            address = address.replace(name, str(number))
        found.append(address)
    return found


@pytest.mark.parametrize("key", list(PAGES), ids=lambda key: key or "signed-out")
def test_page_has_no_faults_for_axe_and_fits(visit: Any, site: DemoSite, key: str) -> None:
    page: Page = visit(key)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    wrong, names = [], site.names()
    for address in addresses(site, key):
        # Each page is fetched once and looked at: on a phone by day, on a desk at night, with keys, with long names.
        page.set_viewport_size({"width": 360, "height": 800})
        page.emulate_media(color_scheme="light")
        page.goto(address)
        for width, scheme in ((360, "light"), (1280, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            wrong += [f"{address} ({width}, {scheme}): {fault}" for fault in faults(page)]
            wrong += [f"{address} ({width}): too wide"] if too_wide(page) else []
            wrong += [f"{address} ({width}): {fault}" for fault in covered(page)]
        page.set_viewport_size({"width": 360, "height": 800})
        wrong += [f"{address}: {fault}" for fault in unreached(page)]
        wrong += [f"{address}: begins with what is missing"] if page.locator(".errors").count() else []
        stretch(page, names)
        wrong += [f"{address}: too wide where a name is long"] if too_wide(page) else []
        wrong += [f"{address}, where a name is long: {fault}" for fault in covered(page)]
    assert not wrong + complaints, "\n".join(wrong + complaints)


def test_axe_would_find_a_fault(visit: Any) -> None:
    page: Page = visit()
    page.goto("/help-now/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x>')")
    assert any("image-alt" in fault for fault in faults(page))


def test_something_over_a_button_would_be_found(visit: Any) -> None:
    page: Page = visit()
    page.goto("/help-now/")
    assert not covered(page)
    page.evaluate("document.querySelector('main a').insertAdjacentHTML('beforebegin', '<a href=/ id=over>over</a>')")
    over = "const at = document.getElementById('over').style; at.position = 'fixed'; at.width = at.height = '100%'"
    page.evaluate(f"() => {{ {over}; at.top = at.left = 0; at.zIndex = 9 }}")
    assert covered(page)


def test_what_no_key_reaches_or_no_ring_shows_would_be_found(visit: Any) -> None:
    page: Page = visit()
    page.goto("/help-now/")
    assert not unreached(page)
    links = "document.querySelectorAll('main a')"
    page.evaluate(f"() => {{ {links}[0].tabIndex = -1; {links}[1].style.outline = 'none' }}")
    found = " ".join(unreached(page))
    assert "no key reaches" in found
    assert "no ring on" in found


def test_a_long_name_that_widens_the_page_would_be_found(visit: Any) -> None:
    page: Page = visit()
    page.goto("/help-now/")
    stretch(page, ["Samaritans"])
    assert not too_wide(page)
    page.evaluate("() => { document.querySelector('main').style.overflowWrap = 'normal' }")
    assert too_wide(page)


def test_tab_goes_through_a_long_form_in_its_order_and_out_again(visit: Any) -> None:
    page: Page = visit("heron")
    page.goto(f"{C}propose/suspension/")
    seen: list[int] = []
    place = "[...document.querySelectorAll('*')].indexOf(document.activeElement)"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        seen.append(page.evaluate(place))
    assert seen == sorted(set(seen)), "not in order, or caught"
    boxes = "[...document.querySelectorAll('main select, main textarea, main button')]"
    assert set(page.evaluate(f"{boxes}.map(each => [...document.querySelectorAll('*')].indexOf(each))")) <= set(seen)


def test_a_form_that_comes_back_shows_what_is_missing_at_once(visit: Any) -> None:
    page: Page = visit("wren")
    page.goto(f"{C}hours/")
    page.evaluate("() => { for (const form of document.forms) form.noValidate = true }")
    page.click("main form:has(input[name=starts]) button[type=submit]")
    assert page.evaluate("document.activeElement.matches('.errors')")
    assert page.evaluate("document.querySelector('.errors').getBoundingClientRect().top < innerHeight")


def test_pages_are_light_on_a_bad_line(visit: Any, site: DemoSite) -> None:
    page: Page = visit("heron")
    over_the_wire = measure(page)
    sizes = []
    for address in [C, *addresses(site, "heron")]:
        over_the_wire.clear()
        page.goto(address)
        page.wait_for_load_state("networkidle")
        sizes.append((sum(over_the_wire), address))
    first, heaviest = sizes[0], max(sizes[1:])
    print(f"\nover the wire: {first[0]} bytes the first time, then at most {heaviest[0]} ({heaviest[1]})")
    assert 10_000 < first[0] <= LIMIT_FIRST, "the first visit brings style and script too"
    assert heaviest[0] <= LIMIT_AFTER, heaviest


def measure(page: Page) -> list[int]:
    """Collect the bytes of every answer, as they came over the wire."""
    found: list[int] = []
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.on("Network.loadingFinished", lambda event: found.append(int(event["encodedDataLength"])))
    return found
