"""What an owner wrote about a link: whom it is for, for their own list, and what stands at its top for its reader."""

import json
from dataclasses import asdict, dataclass

LONGEST_FOR, LONGEST_TOP = 60, 200
# Under which field of its row it is sealed.
LABEL = "label"


@dataclass(frozen=True)
class LinkWords:
    """Sealed in one piece under the owner's key. `top` is the only place where a name can come from."""

    whom: str = ""
    top: str = ""

    def written(self) -> str:
        """As one text, to be sealed."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> "LinkWords":
        """What `written` made."""
        return cls(**json.loads(text))
