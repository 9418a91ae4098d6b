"""What `peernet run` does before it serves: an empty site gets the demo, and everybody is told how to sign in."""

from importlib.util import find_spec

from django.conf import settings
from django.core.management import call_command

from clock import now
from people.models import Person


def fill_if_empty() -> None:
    """Fill the demo if nobody is here yet; never where it would be refused anyway (peernet.demo_guard)."""
    if not settings.EMBEDDED or Person.objects.exists() or not find_spec("peernet.demo.fill"):
        return
    from peernet.demo import fill

    fill.fill(now())


def collect_static_files() -> None:
    """Put the static files where they are served from, with hashes in their names."""
    call_command("collectstatic", interactive=False, verbosity=0)


def say_where(address: str) -> None:
    """Print the address, and how to sign in as each person of the demo."""
    print(f"\nPeernet is running: {address}\n", flush=True)
    if find_spec("peernet.demo.people"):
        from peernet.demo import people

        for line in people.sign_in_lines():
            print(line)
    print("Ctrl-C ends it.", flush=True)
