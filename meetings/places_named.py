"""A place for a walk is no sign of danger: words about a place, told from somebody's words about themselves. Pure.

The rules of screening ask for a look at somebody who writes of a bridge or the water. On the page of local life members
write of the bench by the river for its own sake, so there a place alone counts for nothing.
"""

import re

_SELF = re.compile(r"\b(i|i['’]?(m|ve|d|ll)|me|my|mine|myself|meself)\b", re.IGNORECASE)
_PLACES = re.compile(
    r"\b(bridge|viaduct|cliff|pier|roof|ledge|edge|railway|track|platform|station|multi-?stor(e?)y|river|sea|lake|canal|"
    r"water|reservoir|weir|harbour|loch|ocean|woods?)s?\b",
    re.IGNORECASE,
)


def speaks_of_oneself(text: str) -> bool:
    """Whether whoever writes is in it."""
    return _SELF.search(text) is not None


def without_places(text: str) -> str:
    """The same words with every place of that kind taken for any other."""
    return _PLACES.sub("place", text)
