"""Whom a document is written for, as a type. The template gets that frozen dataclass and nothing else.

A room above writes `class OrderForSubject(ForSubject): kind = "order"` with plain values, and fills it
from its models in `of`. What may reach the subject is scanned for every confidential detail that the
force holds before it is kept; only `ForCourtConfidential` and `ForPolice` may carry one.
"""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Self

PLAIN = (str, int, bool, date, datetime, type(None))
PAPERS: dict[str, type["Paper"]] = {}


def require_plain(value: Any, where: str) -> None:
    """Only values that cannot reach a database or a request. Raises TypeError naming the field."""
    if type(value) is tuple:
        for item in value:
            require_plain(item, where)
    elif is_dataclass(value) and not isinstance(value, type):
        _require_frozen(value, where)
        for field in fields(value):
            require_plain(getattr(value, field.name), f"{where}.{field.name}")
    elif type(value) not in PLAIN:
        raise TypeError(f"{where} is a {type(value).__name__}. Pass plain text, numbers or dates.")
    elif type(value) is datetime and value.tzinfo is None:
        raise TypeError(f"{where} is a time without a zone.")


def _require_frozen(value: Any, where: str) -> None:
    if not value.__dataclass_params__.frozen:
        raise TypeError(f"{where} is a {type(value).__name__}, which can change. Freeze it.")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What every document has. Subclasses say their audience, kind and the record they are of."""

    audience: ClassVar[str] = ""
    kind: ClassVar[str] = ""
    name: ClassVar[str] = ""  # in lists: "The order as made"
    about: ClassVar[str] = ""  # "orders.Order": the model of the record
    confidential: ClassVar[bool] = False  # may it carry what the vault holds?
    # Fields with what its reader told us himself: to stop the paper would tell him that he is right.
    readers_own: ClassVar[tuple[str, ...]] = ()

    title: str  # also the file's title, so never with a name
    reference: str  # the case's

    def __init_subclass__(cls, **options: Any) -> None:
        """Enter each kind of document in the register that snapshots are rebuilt from."""
        super().__init_subclass__(**options)
        if "kind" in vars(cls):
            known = PAPERS.setdefault(cls.type_name(), cls)
            if known.__qualname__ != cls.__qualname__:
                raise TypeError(f"{cls.type_name()} is already {known.__qualname__}")

    def __post_init__(self) -> None:
        require_plain(self, type(self).__name__)

    @classmethod
    def type_name(cls) -> str:
        """The tag of its snapshots: court/application."""
        return f"{cls.audience}/{cls.kind}"

    @classmethod
    def template(cls) -> str:
        """Where its layout is, below `templates/`."""
        return f"pdf/{cls.type_name()}.html"

    @classmethod
    def exists_for(cls, record: Any) -> bool:
        """Whether there is such a document of this record: no interim draft where none is sought."""
        return True

    @classmethod
    def called(cls, record: Any) -> str:
        """How a list of documents that could be made names this one; no person's name in it."""
        return f"{cls.name} ({record})"

    @classmethod
    def of(cls, record: Any) -> Self:
        """Read the facts of one record, now. Every kind writes its own."""
        raise NotImplementedError(f"{cls.__name__} does not say how it is made")


@dataclass(frozen=True, kw_only=True)
class ForSubject(Paper):
    """Given to the person subject to the order."""

    audience = "subject"


@dataclass(frozen=True, kw_only=True)
class ForCourt(Paper):
    """Lodged at court, which gives the subject a copy: treated as reaching the subject."""

    audience = "court"


@dataclass(frozen=True, kw_only=True)
class ForCourtConfidential(Paper):
    """For the court alone."""

    audience = "court_confidential"
    confidential = True


@dataclass(frozen=True, kw_only=True)
class ForProsecutor(Paper):
    """For the prosecutor: disclosable to the defence."""

    audience = "prosecutor"


@dataclass(frozen=True, kw_only=True)
class ForPolice(Paper):
    """Stays with the police."""

    audience = "police"
    confidential = True


@dataclass(frozen=True, kw_only=True)
class ForProtectedPerson(Paper):
    """Given to the protected person, who may share a home, a phone or a letter box."""

    audience = "protected_person"


@dataclass(frozen=True, kw_only=True)
class ForAdvocate(Paper):
    """Given to the protected person's advocate."""

    audience = "advocate"
