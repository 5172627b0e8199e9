"""Reads settings from the environment, and stops the start with the variable's name and its mend.

A secret may come from a file: NAME_FILE holds its path.
"""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ADDRESSES = {
    "service": "DATABASE_URL",
    "owner": "DATABASE_URL_OWNER",
    "documents": "DATABASE_URL_DOCUMENTS",
    "advocates": "DATABASE_URL_ADVOCATES",
}


def text(name: str, default: str | None = None) -> str:
    """The variable's value; without it the default, and without that the start stops."""
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """A yes or no. Exactly "true" or "false", so that a typing error cannot switch a guard off."""
    value = os.environ.get(name)
    if not value:
        return default
    if value not in ("true", "false"):
        raise ImproperlyConfigured(f'{name} is "{value}". Set it to true or false.')
    return value == "true"


def number(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name) or str(default)
    if not value.lstrip("-").isdecimal() or not value.isascii():
        raise ImproperlyConfigured(f'{name} is "{value}". Set it to a whole number.')
    return int(value)


def secret(name: str, default: str | None = None) -> str:
    """A value that may lie in the file that NAME_FILE names."""
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}") from error
    return text(name, default)


def given(name: str) -> bool:
    """Whether somebody set it, as itself or as the file that holds it."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def database(name: str, *, instead: str = "") -> dict[str, object]:
    """A postgresql:// address as Django's database settings; `?host=` names a socket folder.

    instead  the variable that is read where this one is not set
    """
    name = instead if instead and not given(name) else name
    address = urlsplit(secret(name))
    if address.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(f"{name} must begin with postgresql://")
    options = {key: values[-1] for key, values in parse_qs(address.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path.lstrip("/")),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": options.pop("host", address.hostname or ""),
        "PORT": str(address.port or ""),
        "OPTIONS": options,
    }


def database_roles() -> dict[str, str]:
    """Which role of the server each of our roles but the owner is, as far as addresses name it."""
    return {
        role: str(database(name)["USER"])
        for role, name in ADDRESSES.items()
        if role != "owner" and given(name)
    }


def role_of_this_process() -> str:
    """Which of our roles SPO_DATABASE_ROLE names."""
    role = text("SPO_DATABASE_ROLE", "service")
    if role not in ADDRESSES:
        raise ImproperlyConfigured(f"SPO_DATABASE_ROLE must be one of {', '.join(ADDRESSES)}.")
    return role


def database_of_this_process() -> dict[str, object]:
    """The address of its role; where that has none, DATABASE_URL.

    The advocates' role has none but its own: their site never runs as another one by oversight.
    """
    role = role_of_this_process()
    if role != "advocates":
        return database(ADDRESSES[role], instead="DATABASE_URL")
    found = database(ADDRESSES[role])
    options = dict(found["OPTIONS"])  # type: ignore[call-overload]
    path = "-c search_path=advocates,public"
    options["options"] = f"{options.get('options', '')} {path}".strip()
    # `spo_cases.reading` puts words before each statement, which a cursor of the server does not take.
    return found | {"OPTIONS": options, "DISABLE_SERVER_SIDE_CURSORS": True}


def storage(name: str, default: str) -> dict[str, object]:
    """Where files lie: file:///folder, or s3://key:secret@host/bucket?region=eu-west-2 (s3+http too)."""
    address = urlsplit(secret(name, default))
    if address.scheme == "file":
        backend = "django.core.files.storage.FileSystemStorage"
        return {"BACKEND": backend, "OPTIONS": {"location": unquote(address.path)}}
    bucket = address.path.strip("/")
    if address.scheme not in ("s3", "s3+http") or not bucket or not address.password:
        raise ImproperlyConfigured(
            f"{name} must be file:///folder or s3://key:secret@host/bucket?region=name"
        )
    scheme = "http" if address.scheme == "s3+http" else "https"
    port = f":{address.port}" if address.port else ""
    options = {
        "endpoint": f"{scheme}://{address.hostname}{port}",
        "bucket": unquote(bucket),
        "name": unquote(address.username or ""),
        "secret": unquote(address.password),
        "region": parse_qs(address.query).get("region", ["us-east-1"])[-1],
    }
    return {"BACKEND": "spo_cases.storage.S3Storage", "OPTIONS": options}
