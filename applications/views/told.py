"""All that is written of one act or condition, in words: for whoever checks or authorises it."""

from applications.considering import considered
from applications.models import ProposedCondition
from law.periods import written

Rows = list[tuple[str, str]]


def told_of(condition: ProposedCondition) -> Rows:
    """Everything of a condition beside its sentence, without what is empty."""
    own, note = condition.own_last_day, condition.interference_note.strip()
    rows = [
        ("What", f"{condition.get_kind_display()}, {source_of(condition)}"),
        ("Short", condition.short),
        ("Necessary because", condition.necessity),
        ("Evidence", condition.evidence),
        ("How it is checked", condition.monitoring),
        ("Only in", condition.locality),
        ("Ends before the order", f"At the end of {written(own)}" if own else ""),
        ("Religion, work, education", said := considered(condition)),
        ("How it is limited, if it does", "" if note in said else note),
        ("What was looked at", condition.checks_note),
        ("Cannot stand beside", str(condition.get_clash_display()) if condition.clash else ""),
        ("Why not", condition.clash_note),
    ]
    return [(key, value) for key, value in rows if value]


def source_of(condition: ProposedCondition) -> str:
    """Where its words come from."""
    code = condition.library_code
    return f"{code} of the library" if code else "in your own words"
