"""What stands in the place of words that a reader may not read: on every page and in every answer.

A room that knows what is confidential says so once (`masked_by`). From then on each text that a page of
a case prints, in any template and any component, goes through `finalize`, and each text that the API
answers with through `values`: nobody has to think of it. What must be shown as it is says so:

    {{ person.full_name | as_it_is }}  who he is, whatever else the name may match
    shown_as_it_is = ("name",)         the same in a shape of the API
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from jinja2 import Undefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

KEPT = "Part of this is kept confidential: ask the officer in the case"
TOUCHED = (
    "Leave what is kept confidential as it stands, or write your own words in its place. "
    "The officer in the case can change it."
)
OF_A_ROW = ("proposed", "number")  # what names the record that a row of a form is about
Words = Callable[[str], str]
Source = Callable[[Any, Collection[UUID]], Mapping[UUID, Words]]


def _as_they_are(user: Any, cases: Collection[UUID]) -> dict[UUID, Words]:
    return dict.fromkeys(cases, str)


class Undecided(Exception):
    """Nobody answers what of a text may be shown, so that nothing is (503)."""


_source: list[Source] = [_as_they_are]
_reading: ContextVar[Words] = ContextVar("reading", default=str)


def masked_by(source: Source) -> None:
    """Say who knows how the texts of each of some cases are shown to a reader."""
    _source[:] = [source]


def words_for(user: Any, cases: Collection[UUID]) -> Words:
    """How the texts of these cases are shown to this reader: as they are, or KEPT in their place."""
    return together(words_of_each(user, cases).values())


def words_of_each(user: Any, cases: Collection[UUID]) -> Mapping[UUID, Words]:
    """The same, case by case."""
    return _source[0](user, cases)


def together(several: Iterable[Words]) -> Words:
    """What any of these masks is masked."""
    masks = list(dict.fromkeys(words for words in several if words is not str))
    if len(masks) == 1:
        return masks[0]

    def shown(text: str) -> str:
        for words in masks:
            text = words(text)
        return text

    return shown if masks else str


def for_the_log(case: UUID, details: dict[str, Any]) -> dict[str, Any]:
    """What an act says of itself, for the log that never forgets: there nobody's vault is open."""
    prose = any(isinstance(value, str) and " " in value for value in details.values())
    told: dict[str, Any] = values(words_for(None, [case]), details) if prose else details
    return told


@contextmanager
def reading(words: Words) -> Iterator[None]:
    """Everything that is printed inside goes through these words."""
    token = _reading.set(words)
    try:
        yield
    finally:
        _reading.reset(token)


@pass_context  # so that Jinja asks when it prints, never once for all when it compiles
def finalize(context: Context, value: Any) -> Any:
    """What Jinja does with the value of each expression that it prints."""
    words = _reading.get()
    if words is str or value is None or isinstance(value, Undefined | bool | int | float):
        return value
    if hasattr(value, "__html__"):
        return value
    later: Words = getattr(words, "later", words)
    return later(str(value))


def settled(words: Words, html: str) -> str:
    """A page that was printed with these words: what they put off is decided now, all at once."""
    decide: Words = getattr(words, "decide", str)
    return decide(html)


def inside(params: Any) -> Any:
    """The same for what a component is given, some of which it escapes before it prints it."""
    words = _reading.get()
    return params if words is str else values(words, params)


def as_it_is(value: Any) -> Markup:
    """A text that everybody may read who may see the page: finished, so that no mask is put on it."""
    return escape(value)


def is_kept(text: str) -> bool:
    """Whether the reader of this page gets KEPT for this text: asked before it is shown in pieces."""
    return _reading.get()(text) != text


def values(words: Words, told: Any, *, but: Collection[str] = (), at: str = "") -> Any:
    """Every text in an answer, at every depth; what `but` names ("conditions.text") stays as it is."""
    if isinstance(told, str):
        return told if at in but or hasattr(told, "__html__") else words(told)
    if isinstance(told, Mapping):
        inside = {name: f"{at}.{name}".lstrip(".") for name in told}
        return {name: values(words, one, but=but, at=inside[name]) for name, one in told.items()}
    if isinstance(told, list | tuple):
        return [values(words, one, but=but, at=at) for one in told]
    return told


def restored(sent: Any, raw: Mapping[str, Any], words: Words) -> Any:
    """What was sent, with the words again that the sender could not read and left as they stood.

    raw  what would stand in each box, unmasked, by the name under which it is posted
    """
    texts = {name: str(raw[name]) for name in sent if name in raw and _same_row(sent, raw, name)}
    back = {name: text for name, text in texts.items() if sent[name] == words(text)}
    if all(sent[name] == text for name, text in back.items()):
        return sent
    held = sent.copy()
    for name, text in back.items():
        held[name] = text
    return held


def _same_row(sent: Any, raw: Mapping[str, Any], name: str) -> bool:
    """A box of a row stands for the record that the row names, wherever a program put the row."""
    row = name.rpartition("_")[0]
    keys = (f"{row}_{key}" for key in OF_A_ROW)
    return all(str(sent.get(key, "")) == str(raw.get(key, "")) for key in keys)


def touched(sent: Any) -> bool:
    """Whether what was sent still holds the mask: somebody wrote around what could not be read."""
    return any(KEPT in str(text) for name in sent for text in sent.getlist(name))
