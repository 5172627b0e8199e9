"""The words of a rung, for people: who is meant by each, and whether there is anybody."""

from accounts.queries import held_roles
from accounts.roles import Role
from alerts import ladders
from alerts.models import Alert

WORDS = {
    ladders.OFFICER: "Officer in the case",
    ladders.LINE_MANAGER: "Line manager of the officer in the case",
    ladders.INBOX: "Duty inbox",
}


def said(word: str) -> str:
    """A word of a rung, for people: "role:stalking_lead|inbox" is "Stalking lead or Duty inbox"."""
    return " or ".join(
        WORDS.get(choice) or _role_of(choice) or choice.replace("_", " ").capitalize()
        for choice in word.split("|")
    )


def foretold(word: str, alert: Alert) -> str:
    """A word of the rung that comes next, and that nobody answers to it where that is known already."""
    there = held_roles(alert.force_id) if "role:" in word else frozenset()
    inbox = bool(alert.force.duty_inbox)
    choices = [c.removeprefix("role:") for c in word.split("|")]
    if any(c in there or (c == ladders.INBOX and inbox) for c in choices):
        return said(word)
    unknown = ladders.INBOX not in choices and not any(c in set(Role) for c in choices)
    return said(word) if unknown else f"{said(word)} (nobody)"


def _role_of(choice: str) -> str:
    name = choice.removeprefix("role:")
    return Role(name).called.capitalize() if name in set(Role) else ""
