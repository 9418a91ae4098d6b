"""kill -9 on the real server while eight browsers post over HTTP (safety checks 5.1), on SQLite and on PostgreSQL.

`python -m bench.kill [KILLS] [sqlite|postgresql]`; 200 kills on each unless told otherwise. After each start the forms
that had no answer are sent once more, as a browser would. Ends with 1 if anything acknowledged was lost, is there in
part or twice, or the record broke. A claim about the process, not about power.
"""

import http.client
import random
import sys
import threading
from typing import Any

from bench.measuring.browsers import Browser, faults, signed_in
from bench.measuring.results import keep
from bench.measuring.sites import GROUNDS, Site, kill

BROWSERS = 8
SEED = 51


def go_on(browser: Browser, stop: threading.Event) -> None:
    """Send again what had no answer, then new ones, until the server is gone."""
    try:
        browser.send_again_what_had_no_answer()
        while not stop.is_set():
            browser.write(f"Round {len(browser.forms)} by {browser.name}")
    except (OSError, http.client.HTTPException):
        return  # killed


def post_until_killed(browsers: list[Browser], site: Site, seconds: float) -> None:
    """Let everybody post at once, and kill the server after so long."""
    stop = threading.Event()
    threads = [threading.Thread(target=go_on, args=(browser, stop)) for browser in browsers]
    server = site.start()
    for thread in threads:
        thread.start()
    stop.wait(seconds)
    kill(server)
    stop.set()
    for thread in threads:
        thread.join()


def on(ground: str, kills: int) -> dict[str, Any]:
    """Kill the server so often on this database; return the figures."""
    chance = random.Random(SEED)
    with GROUNDS[ground]() as site:
        with site.served():
            browsers = signed_in(site, BROWSERS)
        for _ in range(kills):
            post_until_killed(browsers, site, chance.uniform(0.05, 1.5))
        found = faults(site, browsers)
    forms = [form for browser in browsers for form in browser.forms]
    return {
        "kills": kills,
        "forms_sent": len(forms),
        "acknowledged": sum(form.acknowledged for form in forms),
        "faults": found,
    }


def main(kills: int, grounds: list[str]) -> int:
    figures = {}
    for ground in grounds:
        figures[ground] = one = on(ground, kills)
        print(f"{ground}: {kills} kills, {one['forms_sent']} forms, {one['acknowledged']} acknowledged, ", end="")
        print(f"{len(one['faults'])} faults", *one["faults"], sep="\n  ", flush=True)
    keep("kill", figures)
    return 1 if any(one["faults"] or one["acknowledged"] < kills for one in figures.values()) else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, sys.argv[2:] or list(GROUNDS)))
