"""`again.py SECONDS FILE COMMAND…`: call a command again and again, and touch a file whenever it went well."""

import signal
import subprocess
import sys
import threading
from pathlib import Path


def main(seconds: float, file: Path, command: list[str]) -> None:
    """Go on until told to end; what runs then may finish."""
    ending = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ending.set())
    while not ending.is_set():
        if subprocess.run(command, check=False).returncode == 0:
            file.touch()
        ending.wait(seconds)


if __name__ == "__main__":
    main(float(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
