"""A document's facts as JSON and back: what was known when it was asked for, whatever changes later."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from documents.audiences import PAPERS, Paper

T = TypeVar("T")


def to_snapshot(data: Paper) -> dict[str, Any]:
    """The document's facts as JSON values, with the tag of their type and the version of its fields."""
    kind = type(data)
    version = version_of(kind)  # type: ignore[arg-type]  # a class is hashable
    return {"type": data.type_name(), "version": version, "data": _json(data)}


@cache
def version_of(kind: type[Any]) -> str:
    """What changes whenever a field of this kind of document, or of a part of it, comes, goes or
    becomes another: computed, so that nobody has to count it up."""
    return sha256("\n".join(sorted(_fields_of(kind))).encode()).hexdigest()[:16]


def _fields_of(kind: type[Any], at: str = "") -> Iterator[str]:
    for name, hint in get_type_hints(kind).items():
        if name not in {field.name for field in fields(kind)}:
            continue
        yield f"{at}.{name}: {hint}"
        for part in (hint, *get_args(hint)):
            if isinstance(part, type) and is_dataclass(part):
                yield from _fields_of(part, f"{at}.{name}")


def is_readable(snapshot: dict[str, Any]) -> bool:
    """Was it taken by a version of the service that knew the same fields? None written: it was not."""
    kind = PAPERS.get(snapshot["type"])
    return kind is not None and snapshot.get("version") == version_of(kind)  # type: ignore[arg-type]


def from_snapshot(snapshot: dict[str, Any]) -> Paper:
    """The dataclass again, of a snapshot that `is_readable`. Raises KeyError for an unknown type."""
    return _dataclass(PAPERS[snapshot["type"]], snapshot["data"])


def _json(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_json(item) for item in value]
    if isinstance(value, date):  # and datetime, which is one
        return value.isoformat()
    return value


def _dataclass(kind: type[T], values: dict[str, Any]) -> T:
    hints = get_type_hints(kind)
    return kind(**{name: _typed(hints[name], value) for name, value in values.items()})


def _typed(hint: Any, value: Any) -> Any:
    """One JSON value as the type that the field declares."""
    if value is None:
        return None
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    if get_origin(hint) is tuple:
        return tuple(_typed(get_args(hint)[0], item) for item in value)
    if is_dataclass(hint):
        return _dataclass(hint, value)  # type: ignore[arg-type]
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    return value
