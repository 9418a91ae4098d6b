"""Settings of what an operator sees: log lines, and the figures for Prometheus (docs/adr/0020)."""

import os

from peernet import log_setup

# "text" or "json".
LOG_KIND = log_setup.kind()
LOGGING = log_setup.logging_config()
# A folder in memory, one for each kind of process: where this process counts. Without it nothing is counted.
METRICS_FOLDER = os.environ.get("PEERNET_METRICS_FOLDER", "")
