"""What our processes find in their environment."""

import os
import secrets
from collections.abc import Collection, Mapping
from pathlib import Path

from spo_cases.services.children import OUR_MARK
from spo_cases.services.paths import Places


def base(places: Places, mark: str) -> dict[str, str]:
    """The caller's environment with our mark.

    Without the PG* variables, where PostgreSQL is ours: they would lead it or its clients astray.
    """
    kept = dict(os.environ)
    kept.pop("PYTHONDONTWRITEBYTECODE", None)  # it would compile everything at every start
    kept.pop("SPO_BEGAN", None)
    kept.pop("SPO_DATABASE_ROLE", None)  # each process is told its own
    if not set_by_caller("DATABASE_URL"):
        kept = {name: value for name, value in kept.items() if not name.startswith("PG")}
    return kept | {OUR_MARK: mark, "SPO_VAR": str(places.var), "PYTHONUNBUFFERED": "1"}


def service(
    given: Mapping[str, str], places: Places, *, port: int, demonstration: bool
) -> dict[str, str]:
    """For the service's own processes. What the caller set stays as it is."""
    defaults = {
        "DJANGO_SETTINGS_MODULE": "spo_cases.settings",
        "SPO_SECURE": "false",
        "SPO_DEMONSTRATION": "true" if demonstration else "false",
        "SPO_SITE_URL": f"http://127.0.0.1:{port}",
    }
    if not any(given.get(name) for name in ("SECRET_KEY", "SECRET_KEY_FILE")):
        defaults["SECRET_KEY_FILE"] = str(secret_file(places))
    return dict(given) | {name: given.get(name) or value for name, value in defaults.items()}


def set_by_caller(name: str) -> bool:
    """Settings may come as NAME, or as the path of a file in NAME_FILE."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def unset(addresses: Mapping[str, str]) -> dict[str, str]:
    """Those of our defaults that the caller does not set himself."""
    return {name: value for name, value in addresses.items() if not set_by_caller(name)}


def as_role(given: Mapping[str, str], role: str, *, known: Collection[str]) -> dict[str, str]:
    """The environment of a process that has this role of the database, and knows no other's address.

    known  the variables of addresses that it may know; where none of them is set, DATABASE_URL
    """
    mine = [name for name in known if set_in(given, name)] or ["DATABASE_URL"]
    kept = {
        name: value
        for name, value in given.items()
        if not name.startswith("DATABASE_URL") or name.removesuffix("_FILE") in mine
    }
    return kept | {"SPO_DATABASE_ROLE": role}


def set_in(given: Mapping[str, str], name: str) -> bool:
    """The same question of the environment of our processes."""
    return bool(given.get(name) or given.get(f"{name}_FILE"))


def without(given: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    """The environment of a process that is not told these, nor the files that hold them."""
    return {name: value for name, value in given.items() if name.removesuffix("_FILE") not in names}


def trusted_proxies(given: Mapping[str, str]) -> int:
    """How many proxies stand before the web's process, as `spo_cases.settings` counts them."""
    return int(given.get("SPO_TRUSTED_PROXIES") or ("0" if given["SPO_SECURE"] == "false" else "1"))


def value(given: Mapping[str, str], name: str) -> str:
    """The value of NAME, or of the file that NAME_FILE names."""
    file = given.get(f"{name}_FILE")
    return Path(file).read_text().strip() if file else given[name]


def secret_file(places: Places) -> Path:
    """The secret key of this copy, made once."""
    if not places.secret.exists():
        fresh = places.secret.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64))
        fresh.rename(places.secret)
    return places.secret
