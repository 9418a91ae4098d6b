"""Whether what can be pressed on a page can be pressed: nothing lies over it."""

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
