"""Settings of work done beside the pages: the broker and mail."""

import os
import sys
from pathlib import Path

# Without Redis the jobs run as threads of the one server process (docs/adr/0002).
REDIS_URL = os.environ.get("PEERNET_REDIS_URL", "")
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_TIMEZONE = "UTC"
# Nothing is lost when the queue is: every intent is a row that a sweep finds. So a dead broker must fail fast.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 2} if REDIS_URL else {}
CELERY_TASK_ALWAYS_EAGER = "pytest" in sys.modules

# Hints to open pages (boards.hints). Channels' layer by pub/sub lost nothing where its other one did (ADR 0013).
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_connect_timeout": 2, "socket_keepalive": True}]},
    }
    if REDIS_URL
    else {"BACKEND": "peernet.embedded.channel_layer.ThreadSafeLayer"}
}

_password_file = os.environ.get("PEERNET_MAIL_PASSWORD_FILE", "")
EMAIL_BACKEND = "notices.mail.MailBackend"
EMAIL_HOST = os.environ.get("PEERNET_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("PEERNET_MAIL_PORT") or 587)
EMAIL_HOST_USER = os.environ.get("PEERNET_MAIL_NAME", "")
EMAIL_HOST_PASSWORD = Path(_password_file).read_text().strip() if _password_file else ""
# "starttls" (port 587), "tls" (port 465), or "none" for a mail server on this same machine.
MAIL_TLS = os.environ.get("PEERNET_MAIL_TLS", "starttls")
EMAIL_USE_TLS = MAIL_TLS == "starttls"
EMAIL_USE_SSL = MAIL_TLS == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("PEERNET_MAIL_FROM", "")
# With no mail server named, mails stay rows until there is one (`peernet check` says so).
MAIL_IS_SET = bool(EMAIL_HOST and DEFAULT_FROM_EMAIL)
