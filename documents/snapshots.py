"""A document's facts as JSON and back: what was known when it was asked for, whatever changes later."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from documents.audiences import PAPERS, Paper

T = TypeVar("T")


def to_snapshot(data: Paper) -> dict[str, Any]:
    """The document's facts as JSON values, with the tag of their type."""
    return {"type": data.type_name(), "data": _json(data)}


def from_snapshot(snapshot: dict[str, Any]) -> Paper:
    """The dataclass again. Raises KeyError for a type or a field that is not known."""
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
