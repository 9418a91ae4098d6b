"""The last stage of signing in: what was chosen and written before it is carried over the second step."""

from typing import Any

from allauth.account.stages import LoginStage

from people import kept

KEEP_SIGNED_IN = "keep_signed_in"


class CarriedStage(LoginStage):
    """Takes what the sign-in form stashed. Until here nothing of it lies in the sitting of who has not signed in."""

    key = "carried"

    def handle(self) -> tuple[Any, bool]:
        self.request.session[KEEP_SIGNED_IN] = bool(self.login.state.get(KEEP_SIGNED_IN))
        if found := kept.unseal(self.login.state.get("kept", "")):
            kept.remember(self.request, found)
        return None, True
