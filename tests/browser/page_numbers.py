"""The pages of a person with the numbers of this demo put in."""

from tests.browser.pages import PAGES
from tests.browser.real_site import DemoSite

A_POST_OF_ANOTHER = (
    "SELECT p.id FROM boards_post p JOIN communities_membership m ON m.id = p.author_id "
    "WHERE m.display_name = 'Rowan' AND p.state = 'accepted' ORDER BY p.id DESC"
)


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
