"""Say which requirement was added to a .in file without making the lock file again (by names, without the network)."""

import re
import sys
from pathlib import Path

PLACE = Path(__file__).resolve().parent.parent / "requirements"


def wanted(name: str) -> set[str]:
    """Return the packages that NAME.in asks for, those of the files it includes as well."""
    found: set[str] = set()
    for line in (PLACE / f"{name}.in").read_text().splitlines():
        if line.startswith("-r "):
            found |= wanted(line[3:].strip().removesuffix(".in"))
        elif match := re.match(r"[A-Za-z0-9._-]+", line):
            found.add(match[0].lower())
    return found


def locked(name: str) -> dict[str, str]:
    """Return package -> version as NAME.txt pins them."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", (PLACE / f"{name}.txt").read_text(), re.MULTILINE)
    return {package.lower(): version for package, version in pins}


def main() -> int:
    base, dev = locked("base"), locked("dev")
    faults = [f"{name}.txt lacks {package}" for name in ("base", "dev") for package in wanted(name) - set(locked(name))]
    faults += [
        f"{package}: {version} in base.txt, {dev.get(package)} in dev.txt"
        for package, version in base.items()
        if dev.get(package) != version
    ]
    for fault in faults:
        print(f"requirements: {fault}; call `make lock`")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
