"""What Django itself warns of before a deployment."""

from collections.abc import Iterator

from django.core.checks import WARNING, run_checks


def settings_are_sound() -> Iterator[str]:
    """Django's own checks and ours, those for deployment too (safety checks, 1.15)."""
    for message in run_checks(include_deployment_checks=True):
        if message.level >= WARNING and not message.is_silenced():
            yield f"{message.msg} ({message.id})"
