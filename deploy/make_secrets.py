"""Makes what is missing of the keys and passwords of docker-compose.yml: `python3 deploy/make_secrets.py [FOLDER]`.

Each is a file that only the account that reads it can read (as root; else say who owns them yourself). What is there
stays. The certificate, its key and the mail password are yours to put in place; empty files are made for them.
"""

import os
import secrets
import sys
from pathlib import Path

# Who reads it: the accounts in docker-compose.yml.
SITE, DATABASE, PROXY = 10001, 70, 101
MADE = ("secret_key", "record_key", "push_key", "plan_key", "backup_key", "database_password")
YOURS = {"mail_password": SITE, "tls_certificate": PROXY, "tls_key": PROXY}


def put(path: Path, text: str, owner: int) -> None:
    """Write a file for one account only, unless it is there."""
    if path.exists():
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    if os.geteuid() == 0:
        os.chown(path, owner, owner)


def main(folder: Path) -> None:
    """Make the folder and the files."""
    folder.mkdir(mode=0o711, exist_ok=True)
    for name in MADE:
        put(folder / name, secrets.token_urlsafe(48) + "\n", SITE)
    # The database reads the same password under an account of its own.
    put(folder / "database_owner_password", (folder / "database_password").read_text(), DATABASE)
    for name, owner in YOURS.items():
        put(folder / name, "", owner)
        if not (folder / name).stat().st_size:
            print(f"Yours to fill: {folder / name}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "secrets"))
