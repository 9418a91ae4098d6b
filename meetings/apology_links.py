"""The token of a reminder's link: it names one session and one membership, and opens nothing but one button."""

from django.core import signing

SALT = "meetings.apology"


def token_for(session: int, membership: int) -> str:
    """What stands in the address by which this member sends apologies for this session. It names nobody."""
    return signing.Signer(salt=SALT).sign_object([session, membership])


def named_by(token: str) -> tuple[int, int] | None:
    """The session's and the membership's number; None for a token that is not ours."""
    try:
        session, membership = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(session), int(membership)
