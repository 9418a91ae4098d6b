"""What `peernet run` does before it serves: an empty site gets the demo, and everybody is told how to sign in."""

from django.conf import settings
from django.core.management import call_command

from clock import now
from people.models import Person


def fill_if_empty() -> None:
    """Fill the demo if nobody is here yet; never where it would be refused anyway (peernet.demo_guard)."""
    if not settings.EMBEDDED or Person.objects.exists():
        return
    from peernet.demo import fill

    fill.fill(now())


def collect_static_files() -> None:
    """Put the static files where they are served from, with hashes in their names."""
    call_command("collectstatic", interactive=False, verbosity=0)


def greeting(address: str) -> str:
    """Return what is printed once the site answers: where it is, and how to sign in as each person of the demo."""
    from peernet.demo import people

    lines = ["", f"Peernet is running: {address}", "", *people.sign_in_lines(), "Ctrl-C ends it."]
    return "\n".join(lines)
