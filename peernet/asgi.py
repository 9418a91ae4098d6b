"""The site as an ASGI application: pages now; sockets join here."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peernet.settings")

application = get_asgi_application()
