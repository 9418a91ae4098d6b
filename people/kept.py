"""Words that could not be sent yet: sealed for their way through a sign-in, kept in the sitting until they are sent.

Whoever finds the seal in a page or the sitting in the database reads nothing: it is encrypted under a key made from
the site's secret, which lies outside the database (docs/adr/0005-words-come-back.md).
"""

import base64
import json
import zlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest

from people import sealing

MOST_CHARACTERS = 30_000
LASTS = timedelta(hours=12)
MOST_KEPT = 3
IN_SITTING = "kept_words"
# The hidden field of a writing page that says whose page it is, without saying who that is.
WRITTEN_BY = "written_by"


@dataclass(frozen=True)
class Kept:
    """What somebody wrote (field names and texts) and the address of this site it was meant for.

    A field with several ticks has a list of texts.
    """

    path: str
    fields: dict[str, Any] = field(default_factory=dict)


def _box() -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"peernet kept words").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(key))


def fits(fields: dict[str, Any]) -> bool:
    """Whether the fields are short enough to be sealed (30,000 characters together)."""
    return sum(len("".join(text)) for text in fields.values()) <= MOST_CHARACTERS


def seal(path: str, fields: dict[str, Any]) -> str:
    """Return the words as one token for a hidden field, good for 12 hours. Raises ValueError when they are too long."""
    if not fits(fields):
        raise ValueError("too long to be sealed")
    plain = json.dumps({"path": path, "fields": fields}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return _box().encrypt(zlib.compress(plain)).decode()


def unseal(token: str) -> Kept | None:
    """Return what was sealed, byte for byte; None when it is not ours, was changed, or is over 12 hours old."""
    try:
        packed = _box().decrypt(token.encode(), ttl=int(LASTS.total_seconds()))
    except (InvalidToken, UnicodeEncodeError):
        return None
    content = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    return Kept(path=content["path"], fields=content["fields"])


def mark_of(person_id: int) -> str:
    """Return what a writing page carries as `WRITTEN_BY`: 64 hex characters that only this site can make or compare."""
    return sealing.digest("written by", str(person_id))


def are_of(fields: dict[str, Any], person_id: int) -> bool:
    """Whether the words come from a page that this very person had: False where the page did not say whose it was."""
    return fields.get(WRITTEN_BY, "") in sealing.digests("written by", str(person_id))


def unseal_for(token: str, person_id: int) -> Kept | None:
    """Return what was sealed, as `unseal` does; None also when it was written on somebody else's page."""
    found = unseal(token)
    if found and found.fields.get(WRITTEN_BY) and not are_of(found.fields, person_id):
        return None
    return found


def remember(request: HttpRequest, kept: Kept) -> None:
    """Keep the words in this sitting (the newest three addresses). Raises ValueError when they are too long."""
    tokens = {path: token for path, token in _tokens(request).items() if path != _place(kept.path)}
    tokens[_place(kept.path)] = seal(kept.path, kept.fields)
    request.session[IN_SITTING] = dict(list(tokens.items())[-MOST_KEPT:])


def newest(request: HttpRequest) -> Kept | None:
    """Return the words kept last in this sitting without giving them up, or None."""
    for token in reversed(_tokens(request).values()):
        if kept := unseal(token):
            return kept
    return None


def take(request: HttpRequest, path: str) -> dict[str, Any]:
    """Return the fields kept for this address, to begin a form with; {} when there are none (any more).

    They stay until they have arrived (`let_go`): on a bad line the page that shows them may never reach its reader.
    """
    kept = unseal(_tokens(request).get(_place(path), ""))
    return kept.fields if kept else {}


def let_go(request: HttpRequest, path: str) -> None:
    """Forget what was kept for this address: it has arrived, or its writer does not want it any more."""
    tokens = dict(_tokens(request))
    if tokens.pop(_place(path), None) is not None:
        request.session[IN_SITTING] = tokens


def _tokens(request: HttpRequest) -> dict[str, str]:
    return request.session.get(IN_SITTING, {})


def _place(path: str) -> str:
    return path.partition("?")[0]
