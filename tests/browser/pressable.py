"""Whether what can be pressed on a page can be pressed, by finger and by key, also where names are long."""

from playwright.sync_api import Page

COVERED = """() => {
  const found = [];
  for (const each of document.querySelectorAll("main a, main button, main summary, main label, .aside a")) {
    if (each.closest(".visually-hidden") || !each.checkVisibility()) continue;
    each.scrollIntoView({block: "center"});
    const box = each.getClientRects()[0];
    if (!box || box.width < 3) continue;
    const there = document.elementFromPoint(box.left + Math.min(box.width / 2, 40), box.top + box.height / 2);
    if (there && !each.contains(there) && there.closest("a, button, summary, label")) found.push(each.innerText.trim());
  }
  scrollTo(0, 0);
  return found;
}"""


def covered(page: Page) -> list[str]:
    """The words of each link, button, fold or tick box over which another one lies, as it does for a finger."""
    return [f"nobody can press “{words}”" for words in page.evaluate(COVERED)]


# What each key press of Tab does, for every control: it has the focus, in view, with a ring, in the page's own order.
UNREACHED = """() => {
  const found = [], band = document.querySelector(".band");
  for (const each of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    if (each.closest("[aria-hidden=true], [type=hidden], :disabled")) continue;
    if (!each.checkVisibility({visibilityProperty: true})) continue;
    const name = (each.innerText || each.name || each.tagName).trim();
    each.focus();
    const look = getComputedStyle(each), box = each.getBoundingClientRect();
    if (document.activeElement !== each || each.tabIndex !== 0) found.push("no key reaches “" + name + "”");
    else if (look.outlineStyle === "none" || parseFloat(look.outlineWidth) < 2) found.push("no ring on “" + name + "”");
    else if (band && !each.matches(".band *, .skip") && box.bottom <= band.getBoundingClientRect().bottom)
      found.push("“" + name + "” is under the band");
    else if (box.top > innerHeight || box.bottom < 0) found.push("“" + name + "” is out of view");
  }
  document.activeElement.blur();
  scrollTo(0, 0);
  return found;
}"""
STRETCH = """names => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const any = new RegExp(names.map(name => name.replace(/[^\\w\\s]/g, "\\\\$&")).join("|"), "g");
  while (walk.nextNode()) if (walk.currentNode.data.search(any) >= 0)
    walk.currentNode.data = walk.currentNode.data.replace(any, "W".repeat(60));
}"""


def unreached(page: Page) -> list[str]:
    """What somebody with a keyboard alone cannot come to, or cannot see that they have."""
    return page.evaluate(UNREACHED)


def stretch(page: Page, names: list[str]) -> None:
    """Put 60 letters without a gap wherever one of these stands."""
    page.evaluate(STRETCH, names)
