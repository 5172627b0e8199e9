"""People who do not exist, made by the acts."""

from typing import Any

from accounts.models import User
from people import actions
from people.models import Confidential, Person

HOME = "14 Ffug Road, Testham, TS1 4ZZ"


def person(by: User, **facts: Any) -> Person:
    given: dict[str, Any] = {"given_names": "Siân", "family_name": "Testwood"}
    return actions.add_person(by.force, by=by, **(given | facts))


def confidential(of: Person, by: User, kind: str = "home", text: str = HOME) -> Confidential:
    return actions.keep_confidential(of, by=by, kind=kind, text=text)
