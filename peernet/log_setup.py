"""How every process of the site logs: to standard error, in lines that hold nobody's words (docs/adr/0020).

Needs no settings and no apps, so that the pages' server can use it before either is there (deploy/gunicorn.conf.py).
"""

import os
from typing import Any

KINDS = {"text": "peernet.log_lines.PlainLines", "json": "peernet.log_lines.JsonLines"}


def kind() -> str:
    """Return how lines are written: "text" for people's eyes, "json" for machines."""
    wanted = os.environ.get("PEERNET_LOG") or "text"
    return wanted if wanted in KINDS else "text"


def logging_config() -> dict[str, Any]:
    """Return the configuration for `logging.config.dictConfig`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": KINDS[kind()]}},
        "filters": {"now_and_then": {"()": "peernet.log_filters.NowAndThen"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            # Django's own handlers would print whole tracebacks, or mail them.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
            # Every row of the access log is ours: no address, no path, no person.
            "peernet.access": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            "gunicorn.error": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            # Each open page's way to Redis fails once a second while that is away.
            "channels_redis.pubsub": {"level": "WARNING", "filters": ["now_and_then"], "propagate": True},
            # It would print what a task was called with; peernet.task_lines says how each went.
            "celery": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }
