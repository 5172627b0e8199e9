"""The three answers that are not yes. `Denied`, the fourth door, is the policy's."""

from collections.abc import Iterable


class WrongState(Exception):
    """The record has moved on: the user must look again (409)."""


class Stale(WrongState):
    """Somebody saved the same record since this page was loaded (409); nothing typed is lost."""


class Refused(Exception):
    """A rule of law or procedure says no: a form error on the page, 422 in the API.

    others  what else is wrong with the same submit, so that nobody is told one thing at a time
    """

    def __init__(
        self, field: str | None, message: str, others: Iterable[tuple[str | None, str]] = ()
    ) -> None:
        super().__init__(message)
        self.field = field
        self.all = ((field, message), *others)

    def __reduce__(self) -> tuple[type["Refused"], tuple[object, ...]]:
        """As it leaves a process of a pool: whole, or the pool breaks and nobody learns what was refused."""
        (field, message), *others = self.all
        return type(self), (field, message, others)


def refuse_all(found: Iterable[tuple[str | None, str]]) -> None:
    """Refuse for every one of these fields and messages at once; nothing where there is none."""
    if wrong := [*found]:
        (field, message), *others = wrong
        raise Refused(field, message, others)
