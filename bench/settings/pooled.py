"""The site's settings with connections from a pool, which the servers' bench compares (needs psycopg-pool)."""

from peernet.settings import *  # noqa: F403
from peernet.settings import DATABASES

DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 2, "max_size": 8}}
