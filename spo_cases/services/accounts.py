"""Which account runs PostgreSQL: it refuses to be run by root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from spo_cases.services.errors import CannotStart
from spo_cases.services.paths import Places

NOBODY = 65534
IN_OWN_NAMESPACE = [
    "unshare",
    "--user",
    f"--map-user={NOBODY}",
    f"--map-group={NOBODY}",
    "--",
]


@dataclass(frozen=True)
class Account:
    """`before` starts a program as this account; `owner` is set where files must change hands."""

    before: list[str] = field(default_factory=list)
    owner: tuple[int, int] | None = None

    def give(self, folder: Path) -> None:
        if self.owner:
            shutil.chown(folder, *self.owner)


def choose_account(places: Places, binaries: Path) -> Account:
    """An ordinary user is itself. Root is nobody in a namespace of its own, where files stay
    root's; where namespaces are forbidden, root becomes an existing account that owns the files.
    """
    if os.geteuid() != 0:
        return Account()
    if runs([*IN_OWN_NAMESPACE, "true"]):
        return Account(before=IN_OWN_NAMESPACE)
    return existing_account(places, binaries)


def existing_account(places: Places, binaries: Path) -> Account:
    try:
        found = pwd.getpwnam("postgres")
    except KeyError:
        found = pwd.getpwuid(NOBODY)
    before = [
        "setpriv",
        f"--reuid={found.pw_uid}",
        f"--regid={found.pw_gid}",
        "--clear-groups",
        "--",
    ]
    for folder in (places.var, places.sockets):
        folder.chmod(0o711)
    account = Account(before=before, owner=(found.pw_uid, found.pw_gid))
    account.give(places.sockets / "pg")
    for needed in (binaries / "postgres", places.sockets / "pg", places.var):
        if not runs([*before, "test", "-x", str(needed)]):
            raise CannotStart(
                f"PostgreSQL may not run as root, and the account {found.pw_name} cannot reach "
                f"{needed}: run from a folder that others may enter, such as /srv, "
                "or as an ordinary user, or set DATABASE_URL"
            )
    return account


def runs(command: list[str]) -> bool:
    """Does this command succeed?"""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
