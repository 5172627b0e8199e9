"""Where things lie: all state below one folder, var/, and sockets where their path is short."""

import hashlib
import os
import re
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from spo_cases.services.errors import CannotStart

SOCKET_PATH_LIMIT = 107  # bytes, sun_path of unix(7) without its final NUL
LONGEST_SOCKET = "/pg/.s.PGSQL.5432"
PLAIN = re.compile(r"[A-Za-z0-9/._-]+")  # safe unquoted in an address and in PostgreSQL's options


@dataclass(frozen=True)
class Places:
    """The folders of one copy of the service."""

    root: Path
    var: Path
    sockets: Path

    @property
    def postgres(self) -> Path:
        return self.var / "pg"

    @property
    def valkey(self) -> Path:
        return self.var / "valkey"

    @property
    def lock(self) -> Path:
        return self.var / "lock"

    @property
    def kind(self) -> Path:
        """Remembers whether this copy began with demonstration data."""
        return self.var / "kind"

    @property
    def secret(self) -> Path:
        return self.var / "secret"

    @property
    def passwords(self) -> Path:
        """Of the embedded database's roles."""
        return self.var / "database-passwords"

    @property
    def advocates(self) -> Path:
        """The socket of the advocates' own web process."""
        return self.sockets / "advocates"

    @property
    def keeper(self) -> Path:
        """The socket of who answers whether words give a place away."""
        return self.sockets / "keeper"

    def log(self, name: str) -> Path:
        return self.var / "log" / f"{name}.log"

    def release(self) -> None:
        """Once nothing runs: a socket folder outside var/ leaves nothing behind."""
        if self.var not in self.sockets.parents:
            shutil.rmtree(self.sockets, ignore_errors=True)


def prepare(root: Path, var: Path) -> Places:
    """Make the folders. Only their owner may enter: they hold personal data."""
    try:
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in ("log", "outbox", "files", "valkey", "run"):
            (var / name).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise CannotStart(
            f"{error.filename} cannot be made ({error.strerror}): "
            "name a folder that you may write with SPO_VAR=/path ./run"
        ) from error
    if not os.access(var, os.W_OK | os.X_OK):
        raise CannotStart(
            f"{var} belongs to somebody else: name another folder with SPO_VAR=/path ./run"
        )
    return Places(root=root, var=var.resolve(), sockets=socket_folder(var.resolve() / "run"))


def socket_folder(wanted: Path) -> Path:
    """`wanted`, or where that is too long or oddly named, a short private folder that stands for it."""
    length = len(os.fsencode(wanted)) + len(LONGEST_SOCKET)
    if PLAIN.fullmatch(str(wanted)) and length <= SOCKET_PATH_LIMIT:
        return wanted
    key = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    usable = PLAIN.fullmatch(session) and os.access(session, os.W_OK | os.X_OK)
    base = Path(session) if usable and len(session) < 40 else Path("/tmp")  # noqa: S108 checked below
    folder = base / f"spo-cases-{os.geteuid()}-{key}"
    folder.mkdir(mode=0o700, exist_ok=True)
    refuse_shared(folder)
    return folder


def refuse_shared(folder: Path) -> None:
    """Anybody may make a folder in /tmp: use it only when it is ours and closed to others."""
    found = folder.lstat()
    private = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
    if not private or stat.S_IMODE(found.st_mode) & 0o022:
        raise CannotStart(
            f"{folder} may be written by other users: remove it, or set XDG_RUNTIME_DIR"
        )
