"""JSON as strictly as the database needs it: what cannot be kept is refused with a reason, never a 500."""

import json
import re
from typing import Any

from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

from casework.fields import unkeepable

LARGEST = 1024 * 1024
DEEPEST = 64
TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
BRACKETS = re.compile(r"[\[\]{}]")


class TooBig(APIException):
    """More was sent than one act needs."""

    status_code = 413
    default_detail = "This is too big. Send at most 1 MB."
    default_code = "too_big"


class StrictJSONParser(BaseParser):
    """One JSON document: at most 1 MB, 64 deep, no name twice, no NaN, no NUL, no half characters."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise TooBig
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ParseError("The body is not UTF-8.") from error
        if too_deep(text):
            raise ParseError(f"The body is nested deeper than {DEEPEST}.")
        try:
            body = json.loads(text, object_pairs_hook=unique, parse_constant=no_constant)
        except (ValueError, RecursionError) as error:
            raise ParseError(f"The body is not JSON: {error}") from error
        refuse_unkeepable(body)
        return body


def too_deep(text: str) -> bool:
    """Whether brackets open deeper than allowed, counted before anything is built."""
    depth = 0
    for bracket in BRACKETS.findall(TEXTS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > DEEPEST:
            return True
    return False


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names stand once each."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


def refuse_unkeepable(value: Any) -> None:
    """Look through names and texts for characters that cannot be stored."""
    if isinstance(value, str):
        if bad := unkeepable(value):
            raise ParseError(f"The body contains {bad}.")
    elif isinstance(value, dict):
        for name, inner in value.items():
            refuse_unkeepable(name)
            refuse_unkeepable(inner)
    elif isinstance(value, list):
        for inner in value:
            refuse_unkeepable(inner)
