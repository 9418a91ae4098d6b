"""Settings of the minimal site: its own database, no middleware but what a session and packing need."""

import os

import dj_database_url

SECRET_KEY = "only for measuring"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "bench.minimal"]
MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "bench.minimal.urls"
WSGI_APPLICATION = "bench.minimal.wsgi.application"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
# The connections of Peernet's pages are kept as well.
KEEP = int(os.environ.get("PEERNET_KEEP_DATABASE") or 60)
DATABASES = {"default": dj_database_url.parse(os.environ["MINIMAL_DATABASE_URL"], conn_max_age=KEEP)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
USE_I18N = False
