"""Hashing passwords, a few at a time: each takes 100 MB, so a crowd at the door waits rather than fills the server."""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = 4
_places = threading.BoundedSemaphore(AT_ONCE)


class AFewAtOnce(Argon2PasswordHasher):
    """Argon2 as Django has it, and what it stored stays good; never more than four in one process at a time."""

    def encode(self, password: str, salt: str) -> str:
        with _places:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _places:
            return super().verify(password, encoded)
