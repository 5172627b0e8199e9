"""The three answers that are not yes. `Denied`, the fourth door, is the policy's."""


class WrongState(Exception):
    """The record has moved on: the user must look again (409)."""


class Stale(WrongState):
    """Somebody saved the same record since this page was loaded (409); nothing typed is lost."""


class Refused(Exception):
    """A rule of law or procedure says no: a form error on the page, 422 in the API."""

    def __init__(self, field: str | None, message: str) -> None:
        super().__init__(message)
        self.field = field
