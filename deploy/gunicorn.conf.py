"""The pages' server (docs/adr/0019). Where it listens is said on the command line: `--bind unix:PATH`."""

import os
import sys
from pathlib import Path

# gunicorn reads this file before it knows where the site lies.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from peernet.log_setup import logging_config

wsgi_app = "peernet.wsgi:application"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "peernet.pages_worker.PagesWorker"
threads = 4
# Before it listens at all: a release that can't start never gets a request.
preload_app = True
# The proxy opens a connection for each request, so that none is sent on one that is just closing.
keepalive = 0
# A page is made within this, and has so long to be finished when the process is told to end.
timeout = 60
graceful_timeout = 30
# The path is for the site's own account and its group, which is the proxy's.
umask = 0o007
# By a file there a worker says that it lives; on a slow disk it would be taken for dead.
worker_tmp_dir = "/dev/shm"
control_socket_disable = True
# Its own access log would hold addresses; peernet.request_lines writes the site's.
accesslog = None
loglevel = "warning"
logconfig_dict = logging_config()
