"""Make the minimal page's tables, rows and one signed-in person; print the cookie of their session.

`python -m bench.minimal.fill`, in an empty database.
"""

from datetime import UTC, datetime, timedelta

ROWS = 10_000


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from bench.minimal.models import Row

    call_command("migrate", run_syncdb=True, verbosity=0)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    rows = (
        Row(title=f"A thread about day {n}", author=f"Member {n % 110}", at=start + timedelta(hours=n), replies=n % 40)
        for n in range(ROWS)
    )
    Row.objects.bulk_create(rows, batch_size=2000)
    somebody = User.objects.create_user("somebody")
    session = SessionStore()
    session[SESSION_KEY] = str(somebody.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = somebody.get_session_auth_hash()
    session.create()
    print(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")


if __name__ == "__main__":
    main()
