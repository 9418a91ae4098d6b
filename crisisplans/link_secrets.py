"""The address and the code of a link for somebody outside: drawn from the form that asks for them, kept as digests.

Drawn, not thrown: the same form sent again on a bad line shows the same link and code, and makes no second one. Whoever
holds the database has neither the form's key nor the site's secret, so has neither of the two.
"""

from uuid import UUID

from django.utils.crypto import constant_time_compare

from people.sealing import digest, digests

# Without letters and digits that look alike on paper or sound alike on the telephone; as recovery codes are.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
# 39 bits, and a few tries an hour (`crisisplans.services.looking`).
GROUPS, GROUP = 2, 4


def token_for(plan_id: int, form_key: UUID) -> str:
    """The secret part of the address: 256 bits."""
    return digest("plan link token", f"{plan_id}:{form_key}")


def code_for(plan_id: int, form_key: UUID) -> str:
    """The code to give by another way: “k7mp-3xwd”."""
    number, letters = int(digest("plan link code", f"{plan_id}:{form_key}"), 16), ""
    for _letter in range(GROUPS * GROUP):
        number, which = divmod(number, len(LETTERS))
        letters += LETTERS[which]
    return "-".join(letters[at : at + GROUP] for at in range(0, GROUPS * GROUP, GROUP))


def token_digest(token: str) -> str:
    """What is kept of an address."""
    return digest("plan link", token)


def token_digests(token: str) -> list[str]:
    """What may be kept of an address, under any key of this site."""
    return digests("plan link", token)


def code_digest(token: str, code: str) -> str:
    """What is kept of a code; it fits its own address only."""
    return digest("plan code", f"{token}:{_bare(code)}")


def fits(token: str, code: str, kept: str) -> bool:
    """Whether this is the code of that address. Capitals, spaces and dashes don't matter."""
    return any(constant_time_compare(kept, one) for one in digests("plan code", f"{token}:{_bare(code)}"))


def _bare(code: str) -> str:
    return "".join(sign for sign in code.lower() if sign in LETTERS)
