"""How long the slowest known posts take to render: `python bench/markdown.py`. Prints, and writes JSON."""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from boards.markdown import render

LONG = 10_000
PLAIN = "The kettle is on and the window is open. How was it for you? "
PIECES = (PLAIN, "a.co ", "http://[ ", "http://a.b/((", "a@b.co ", "[a](tel:1)", "[", "*a_", "> ", "`")
TIMES = 5


def took(text: str) -> float:
    """The quickest of a few, in milliseconds of processor time."""
    best = float("inf")
    for _ in range(TIMES):
        began = time.process_time()
        render(text)
        best = min(best, time.process_time() - began)
    return best * 1000


def main() -> None:
    render(PLAIN)
    texts = {piece: (piece * (LONG // len(piece) + 1))[:LONG] for piece in PIECES}
    plain = took(texts[PLAIN])
    rows = {piece: took(text) for piece, text in texts.items()}
    for piece, ms in rows.items():
        print(f"{piece[:24]!r:28} {ms:7.1f} ms  {ms / plain:5.1f} x plain")
    results = Path(__file__).parent / "results"
    results.mkdir(exist_ok=True)
    (results / "markdown.json").write_text(json.dumps(rows, indent=2))


if __name__ == "__main__":
    main()
