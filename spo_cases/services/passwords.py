"""A password of its own for each role of the embedded PostgreSQL, and the file by which it asks for them.

They lie in var/ beside the secret key, readable by its owner alone. Whoever loses the file, or restores
an older database, starts again: new ones are set before the server accepts anybody.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping

from spo_cases.services.paths import Places

SET = "the passwords are set"
ROLE = """
DO $$ BEGIN
IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE "{role}" LOGIN; END IF;
END $$; ALTER ROLE "{role}" PASSWORD '{password}';
"""


def of_roles(places: Places, roles: Iterable[str]) -> dict[str, str]:
    """Each role's, by its name; those that are missing are made now."""
    kept = _kept(places)
    missing = {role: secrets.token_urlsafe(32) for role in roles if role not in kept}
    if missing:
        kept |= missing
        fresh = places.passwords.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(kept, indent=1))
        fresh.rename(places.passwords)
    return kept


def _kept(places: Places) -> dict[str, str]:
    try:
        found = json.loads(places.passwords.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return {str(role): str(word) for role, word in found.items()} if isinstance(found, dict) else {}


def rules(passwords: Mapping[str, str]) -> str:
    """The server's pg_hba.conf. Its first line tells which passwords the database was given."""
    given = hashlib.sha256(json.dumps(passwords, sort_keys=True).encode()).hexdigest()
    return f"# passwords {given}\nlocal all all scram-sha-256\n"


def statement(passwords: Mapping[str, str]) -> str:
    """SQL on one line, and so of one transaction, that gives each role its password; answers with SET."""
    roles = [
        ROLE.format(role=role, password=password.replace("'", "''"))
        for role, password in passwords.items()
    ]
    told = f"SELECT '{SET}'"
    return " ".join(["SET password_encryption = 'scram-sha-256';", *roles, told]).replace("\n", " ")
