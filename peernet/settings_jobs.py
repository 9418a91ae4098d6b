"""Settings of work done beside the pages: the broker, mail and log lines."""

import os

REDIS_URL = os.environ.get("PEERNET_REDIS_URL", "")
CELERY_BROKER_URL = REDIS_URL or "memory://"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
