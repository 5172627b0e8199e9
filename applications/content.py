"""Exactly what is authorised: the application's content, its hash, and what differs between two.

The content is plain JSON that names each protected person only as the court papers do. Authority is
bound to its hash; a later look is told the differences in words.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from applications.models import Application, ProposedCondition, StalkingAct
from casework.models import Case
from law.periods import written
from people.queries import current_address

FACTS = {
    "area_limb": "The tie to this force's area",
    "area_reason": "Why the tie is so",
    "risk": "Risk",
    "risk_tool": "The risk tool",
    "risk_level": "The level of risk",
    "necessity": "Why an order is necessary",
    "consulted": "Who was consulted",
    "victim_view": "What the protected person says",
    "not_consulted_reason": "Why nobody was consulted",
    "other_orders": "Other orders and bail",
    "criminal_case": "The criminal case",
    "criminal_reference": "The criminal case's reference",
    "duration": "Length",
    "asked_until": "The last day asked for",
    "duration_reason": "Why that long",
    "interim_sought": "Interim order",
    "interim_reason": "Why an interim order is appropriate",
    "notice_given": "Notice to the subject",
    "no_notice_reason": "Why without notice",
}
SUBJECT_FACTS = {
    "subject": "The subject's name",
    "subject_names": "Other names of the subject",
    "subject_born_on": "The subject's date of birth",
    "subject_address": "Where the subject lives",
}
ACT_FACTS = ("kind", "from_on", "until_on", "time", "place", "description", "exhibit", "online")
CONDITION_FACTS = (
    "kind",
    "library_code",
    "short",
    "text",
    "necessity",
    "evidence",
    "monitoring",
    "conflicts_with_religion",
    "interferes_with_work",
    "interferes_with_education",
    "interference_note",
    "checks_note",
    "clash",
    "clash_note",
    "locality",
    "own_last_day",
)
EMPTY = "nothing"

Content = dict[str, Any]


def content_of(application: Application) -> Content:
    """All that a court would be asked for and why, in order, as it stands in the database now."""
    return {
        "facts": _subject(application)
        | {name: _plain(getattr(application, name)) for name in FACTS},
        "parties": [
            {
                "id": str(party.pk),
                "called": party.called,
                "role": party.get_role_display(),
                "relationship": party.relationship,
            }
            for party in application.case.parties.order_by("called", "pk")
        ],
        "acts": [_row(act, ACT_FACTS) for act in application.acts.all()],
        "conditions": [_row(c, CONDITION_FACTS) for c in application.conditions.all()],
    }


def hash_of(content: Content) -> str:
    """SHA-256 over the content written in one way only."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def check_value(content_hash: str) -> str:
    """The beginning of a hash as two people read it to one another: 9F3A 71C2 0B6E."""
    return " ".join(content_hash[i : i + 4].upper() for i in (0, 4, 8))


class ChangeKind(StrEnum):
    ADDED = "Added"
    CHANGED = "Changed"
    REMOVED = "Removed"


@dataclass(frozen=True)
class Change:
    """One difference: what it is about, and its words before and after."""

    kind: ChangeKind
    what: str
    before: str = ""
    after: str = ""


def differences(old: Content, new: Content) -> list[Change]:
    """What changed between two contents, in the order of the application."""
    return [
        *_changed_facts(old["facts"], new["facts"]),
        *_changed_rows(old["parties"], new["parties"], _party_title),
        *_changed_rows(old["acts"], new["acts"], _act_title),
        *_changed_rows(_numbered(old), _numbered(new), _condition_title),
    ]


def address_of(case: Case) -> str:
    """Where the subject lives now, as far as it is known."""
    if case.subject is None:
        return ""
    return str(current_address(case.subject) or "")


def _subject(application: Application) -> dict[str, str]:
    subject = application.case.subject
    if subject is None:
        return dict.fromkeys(SUBJECT_FACTS, "")
    return {
        "subject": subject.full_name,
        "subject_names": ", ".join(sorted(name.text for name in subject.names.all())),
        "subject_born_on": _plain(subject.born_on),
        "subject_address": address_of(application.case),
    }


def _row(row: StalkingAct | ProposedCondition, names: tuple[str, ...]) -> dict[str, str]:
    return {"id": str(row.pk)} | {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> str:
    """A value in one spelling: yes and no for answers, an ISO date, nothing for nothing."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _changed_facts(old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for name, label in (SUBJECT_FACTS | FACTS).items():
        before, after = old.get(name, ""), new.get(name, "")
        if before != after:
            kind = ChangeKind.CHANGED if before and after else _gone_or_come(before)
            yield Change(kind, label, before, after)


def _changed_rows(old: list[dict[str, str]], new: list[dict[str, str]], title: Any) -> list[Change]:
    before, after = {row["id"]: row for row in old}, {row["id"]: row for row in new}
    changes = []
    for key, row in after.items():
        if key not in before:
            changes.append(Change(ChangeKind.ADDED, title(row)))
        else:
            changes += _changed_fields(before[key], row, title)
    gone = [row for key, row in before.items() if key not in after]
    return [*changes, *(Change(ChangeKind.REMOVED, title(row)) for row in gone)]


def _changed_fields(old: dict[str, str], new: dict[str, str], title: Any) -> Iterator[Change]:
    for name, after in new.items():
        before = old.get(name, "")
        if before != after:
            what = f"{title(new)}: {name.replace('_', ' ')}"
            yield Change(ChangeKind.CHANGED, what, before or EMPTY, after or EMPTY)


def _gone_or_come(before: str) -> ChangeKind:
    return ChangeKind.REMOVED if before else ChangeKind.ADDED


def _numbered(content: Content) -> list[dict[str, str]]:
    return [row | {"number": str(n)} for n, row in enumerate(content["conditions"], 1)]


def _party_title(row: dict[str, str]) -> str:
    return row["called"] or row["role"]


def _act_title(row: dict[str, str]) -> str:
    return f"The act of {written(date.fromisoformat(row['from_on']))}"


def _condition_title(row: dict[str, str]) -> str:
    short = row.get("short", "")
    return f"Condition {row['number']}" + (f", {short[0].lower()}{short[1:]}" if short else "")
