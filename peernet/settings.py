"""Settings of a Peernet site: everything an operator may set comes from the environment (see the operators' guide).

With nothing set, the site runs embedded: SQLite, its keys and its logs in one folder (`PEERNET_DATA`), on loopback.
"""

import os
import sys
from pathlib import Path

import dj_database_url

from peernet import secret_files

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("PEERNET_DATA") or BASE_DIR / "var").resolve()
TESTING = "pytest" in sys.modules

DEBUG = os.environ.get("PEERNET_DEBUG", "") == "1"
# One a line: the first signs, what an earlier one signed is still good.
SECRET_KEY, *SECRET_KEY_FALLBACKS = secret_files.ring("PEERNET_SECRET_KEY_FILE", DATA_DIR / "keys" / "secret")
# The record's key lies outside the database: whoever holds a dump can't rewrite the record (audit).
RECORD_KEY = secret_files.read_or_make("PEERNET_RECORD_KEY_FILE", DATA_DIR / "keys" / "record")
# With it the site shows push services that it is the one a phone was turned on for (notices.vapid).
PUSH_KEY = secret_files.ring("PEERNET_PUSH_KEY_FILE", DATA_DIR / "keys" / "push")[0]
# For tests only: pushes to a server on this same machine. `peernet check` refuses it.
PUSH_LOOPBACK = os.environ.get("PEERNET_PUSH_LOOPBACK", "") == "1"
# Beside the database, not in it: how far the record had come, so that a restore shows (audit.heads).
HEADS_FILE = DATA_DIR / "heads.json"
# Outside the database too: what was erased, so that it is erased again when a backup is put back (audit.erasures).
ERASURE_FILE = Path(os.environ.get("PEERNET_ERASURE_FILE") or DATA_DIR / "erasures")
# One key for each vote that goes on, in no database and no backup, destroyed at its count (elections.keys).
ELECTION_KEYS = Path(os.environ.get("PEERNET_ELECTION_FOLDER") or DATA_DIR / "election-keys")
# Each person's own keys of their plan, a file a person, wrapped under the ring (crisisplans.sealing).
PLAN_KEYS = Path(os.environ.get("PEERNET_PLAN_FOLDER") or DATA_DIR / "plan-keys")
# Asked for when it is needed: most processes open no plan, and are not given it.
PLAN_RING = secret_files.later("PEERNET_PLAN_KEY_FILE", DATA_DIR / "keys" / "plan", or_in="PEERNET_PLAN_KEY")

ALLOWED_HOSTS = [h for h in os.environ.get("PEERNET_HOSTS", "localhost,127.0.0.1").split(",") if h]
LOOPBACK_HOSTS = {"localhost", "127.0.0.1", "[::1]"}
EMBEDDED = set(ALLOWED_HOSTS) <= LOOPBACK_HOSTS
SITE_ADDRESS = os.environ.get("PEERNET_ADDRESS", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [] if EMBEDDED else [SITE_ADDRESS]
# A page without any name of ours sends people on to here when they leave in a hurry (set by the operator).
EXIT_ADDRESS = os.environ.get("PEERNET_EXIT_ADDRESS", "https://www.bbc.co.uk/weather")
# What stands under the site's picture on a phone's home screen, for everybody who sees that phone.
HOME_NAME = os.environ.get("PEERNET_HOME_NAME", "Today")
# An operator's own crisis contacts, laid over ours (docs/guides/operators-help-contacts.md).
CONTACTS_FILE = os.environ.get("PEERNET_CONTACTS_FILE", "")

INSTALLED_APPS = [
    "channels",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "clock",
    "audit",
    "helpnow",
    "people",
    "notices",
    "communities",
    "crisisplans",
    "boards",
    "meetings",
    "moderation",
    "outofhours",
    "elections",
    "peernet",
]

MIDDLEWARE = [
    # Outermost: a line for each answer, with the time that everything below took.
    "peernet.request_lines.RequestLineMiddleware",
    # Then the headers, so that no answer leaves without them.
    "peernet.headers.PageHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages, not files (those are packed already). Django masks the form token and pads, against guessing by size.
    "django.middleware.gzip.GZipMiddleware",
    "peernet.answers.AnswersMiddleware",
    "people.sitting_cookie.SittingCookieMiddleware",
    "notices.sign_out.SignOutMiddleware",
    "crisisplans.leaving.LeavingMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "peernet.answers.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "peernet.urls"
ASGI_APPLICATION = "peernet.asgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "builtins": ["peernet.templatetags.own_forms"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "peernet.context.page",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

FORM_RENDERER = "peernet.form_pieces.Renderer"

# Seconds that a thread keeps its connection for the next page; peernet.wsgi says 60. Under ASGI every request has a
# thread of its own, so a connection that was kept would never be found again.
KEEP_DATABASE = int(os.environ.get("PEERNET_KEEP_DATABASE") or 0)
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("PEERNET_DATABASE_URL") or f"sqlite:///{DATA_DIR / 'peernet.sqlite3'}",
        conn_max_age=KEEP_DATABASE,
        # A kept one is asked whether it still lives: the first page after a restart of the database is a page.
        conn_health_checks=KEEP_DATABASE > 0,
    )
}
if password := secret_files.named("PEERNET_DATABASE_PASSWORD_FILE"):
    DATABASES["default"]["PASSWORD"] = password
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Immediate transactions queue writers instead of failing them; FULL because an accepted post outlives a power cut.
    # Erased words are overwritten, whatever the library was built with, and the log keeps no old end of itself.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; "
        "PRAGMA secure_delete=ON; PRAGMA journal_size_limit=0;",
    }
else:
    # Django's own, which sees without asking whether a kept connection lives (docs/adr/0021).
    DATABASES["default"]["ENGINE"] = "prepared.backend"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "peernet_cache"}}

AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = ["people.hashing.AFewAtOnce"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("PEERNET_STATIC") or DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
if TESTING:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# No uploads: a form is words, and the longest post with its title fits many times.
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# What is brought in a file is held in memory or, if it is larger, not at all: no word of a plan lies on the disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Django looks for its own middleware; peernet.headers sets the header, on error pages too.
SILENCED_SYSTEM_CHECKS = ["security.W002"]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "peernet.answers.csrf_failure"
if not EMBEDDED:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sitting", "__Host-form"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

from peernet.settings_jobs import *  # noqa: E402, F403
from peernet.settings_logs import *  # noqa: E402, F403
from peernet.settings_people import *  # noqa: E402, F403
