"""“How we run this place” as a screen reader has it: Chromium's own tree of the page."""

from typing import Any

import pytest

C = "/c/fellside/"


@pytest.mark.browser
def test_screen_reader_finds_headings_lists_and_no_table(visit: Any) -> None:
    page = visit("heron", java_script_enabled=True)
    page.goto(f"{C}rules/aloud/")
    line = page.context.new_cdp_session(page)
    line.send("Accessibility.enable")
    nodes = line.send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in nodes if not node.get("ignored")]
    names = {node["role"]["value"]: [] for node in nodes if "role" in node}
    for node in nodes:
        if not node.get("ignored") and node.get("name", {}).get("value"):
            names[node["role"]["value"]].append(node["name"]["value"])
    assert names["heading"][0] == "How we run Fellside Day Community"
    wanted = [
        "Who looks after it",
        "When they look",
        "When staff read notices",
        "Our rules, and why",
        "Who can see what",
    ]
    assert [name for name in names["heading"] if name in wanted] == wanted
    assert "main" in roles
    assert "listitem" in roles
    assert not {"table", "grid", "cell"} & set(roles)
    # Each part is found by its heading.
    assert [name for name in names.get("region", []) if name in wanted] == wanted
