"""Pages of the documentation that are printed from the code, so that they cannot say otherwise."""

from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from accounts.roles import (
    BY_CARD,
    FOUR_EYES,
    GRANTS,
    IN_FORCE,
    SCOPES,
    SEES_RESTRICTED,
    TAKE_TWO,
    WITHOUT_CASE,
    WITHOUT_POWER,
    Permission,
    Role,
    Scope,
)
from alerts import heartbeat
from casework import announce
from casework.lifecycle import Opening, Step

DOCS = Path(__file__).resolve().parent.parent / "docs"
OPERATIONS = DOCS / "operations.md"
ROOMS = (
    "applications",
    "orders",
    "notifications",
    "contact",
    "breaches",
    "advocates",
    "people",
    "documents",
)
REACH = {
    Scope.UNIT: "own unit",
    Scope.FORCE: "own force",
    Scope.CONSENT: "consented clients",
    Scope.NONE: "no case",
    Scope.EVERYWHERE: "everywhere",
}


def pages() -> dict[Path, str]:
    """Each printed page and what it should say now."""
    return {
        DOCS / "access.md": "".join(access()),
        DOCS / "lifecycles.md": "".join(lifecycles()),
        OPERATIONS: operations(OPERATIONS.read_text(encoding="utf-8")),
    }


def operations(text: str) -> str:
    """The page as people wrote it, with the loops that `/health/deep` listens for."""
    before, start, rest = text.partition("<!-- loops -->\n")
    _, end, after = rest.partition("<!-- end of loops -->")
    return before + start + "".join(loops()) + end + after


def loops() -> Iterator[str]:
    """Each loop and how long it may be silent; some only once they have spoken."""
    yield "| loop | silent at most | |\n|---|---|---|\n"
    for loop, silence in heartbeat.expected().items():
        yield f"| `{loop}` | {silence.seconds} seconds | must have spoken |\n"
    yield f"| `{heartbeat.TURN}` | {heartbeat.SILENT.seconds} seconds | once it has spoken |\n"


def words(name: str) -> str:
    return name.replace("_", " ")


def access() -> Iterator[str]:
    """Roles against permissions, from `accounts/roles.py`."""
    yield "# Who may do what\n\n"
    yield "Printed from `accounts/roles.py` by `manage.py write_docs`. A test fails when it is stale.\n\n"
    yield "A cell says how far the permission reaches. “Without a case” is asked of the role alone: "
    yield "what a list then shows is narrowed by “view case”, and the order check answers with the "
    yield "card of any force's order. “Every force” and “own force” reach cases that the person may "
    yield "not open, and open nothing more of them. An alert is shown by “acknowledge alert”; it is taken "
    yield "by whoever may open its case, or was sent it: by name, or the control room by the duty inbox.\n\n"
    yield "A dated grant (an assignment, a name on a restricted case) opens one more case of the "
    yield "own force to those who may open cases at all; a consent opens a client's status to an "
    yield "advocate, in a restricted case too. Among the police a restricted case opens to those named on "
    yield "it and to "
    yield ", ".join(sorted(words(role) for role in SEES_RESTRICTED))
    yield (
        ", whatever the cell says. Having asked for an order opens no case: it lets the person hear "
        "the answer.\n\nNo one person gives somebody the role of "
        + ", ".join(sorted(words(role) for role in TAKE_TWO))
        + ", or a way into such an account or one that somebody has used already, or gives the latter "
        "another email address: "
        "whoever may “confirm accounts” in the same force, and neither asked for it nor has the "
        "account, confirms it first. These roles may do what no officer may, reach cases beyond one "
        "unit, or open what is restricted (`takes_two` is that rule, and a new role or permission falls "
        "under it by itself; "
        + ", ".join(f"“{words(name)}”" for name in sorted(WITHOUT_POWER))
        + " give no power). Nobody changes their own role."
        "\n\n| permission | " + " | ".join(words(role) for role in Role) + " |\n"
    )
    yield "|---|" + "---|" * len(Role) + "\n"
    for permission in Permission:
        cells = [reach(role, permission) for role in Role]
        eyes = " (never by the drafter)" if permission in FOUR_EYES else ""
        yield f"| {words(permission)}{eyes} | " + " | ".join(cells) + " |\n"


def reach(role: Role, permission: Permission) -> str:
    """How far a role's permission reaches, in the words of `access`, by the rule of the policy."""
    if permission not in GRANTS[role]:
        return ""
    if permission in WITHOUT_CASE:
        return "without a case"
    if permission in BY_CARD:
        return "every force"
    return "own force" if permission in IN_FORCE else REACH[SCOPES[role]]


def lifecycles() -> Iterator[str]:
    """Every step of every record, from the rooms' `STEPS`."""
    yield "# How records move\n\n"
    yield "Printed from the rooms' `lifecycle` by `manage.py write_docs`. A test fails when it is "
    yield "stale. Each arrow is one act: the page, the interface and the clock all call the same "
    yield "function. Statuses are clerical; legal effect is computed from dates.\n"
    for room in ROOMS:
        if find_spec(f"{room}.lifecycle") is None:
            continue
        steps = getattr(import_module(f"{room}.lifecycle"), "STEPS", ())
        yield f"\n## {room}\n"
        for model, its in by_model(steps).items():
            yield from diagram(model, its)
    yield "\n## What the rooms above derive\n\n| when | then |\n|---|---|\n"
    for topic, handlers in announce.topics().items():
        yield f"| `{topic}` | {', '.join(f'`{h}`' for h in handlers)} |\n"


def by_model(steps: Any) -> dict[str, list[Step | Opening]]:
    """The steps of each model: a status knows its class; what has no status, its act names."""
    found: dict[str, list[Step | Opening]] = defaultdict(list)
    for step in steps:
        found[_model_of(step)].append(step)
    return found


def _model_of(step: Step | Opening) -> str:
    if isinstance(step, Opening):
        return step.model or type(step.target).__qualname__.partition(".")[0]
    return type(min(step.sources)).__qualname__.partition(".")[0]


def diagram(model: str, steps: list[Step | Opening]) -> Iterator[str]:
    yield f"\n### {model}\n\n"
    if any(isinstance(step, Step) or step.target for step in steps):
        yield from arrows(steps)
    yield "| act | from | to | needs |\n|---|---|---|---|\n"
    for step in steps:
        before = "" if isinstance(step, Opening) else ", ".join(sorted(step.sources))
        after = step.target or ("no status" if isinstance(step, Opening) else "the same")
        yield f"| {words(step.name)} | {before} | {after} | {words(step.needs)} |\n"


def arrows(steps: list[Step | Opening]) -> Iterator[str]:
    yield "```mermaid\nstateDiagram-v2\n"
    for step in steps:
        if isinstance(step, Opening):
            yield f"    [*] --> {step.target}: {words(step.name)}\n"
            continue
        for source in sorted(step.sources):
            yield f"    {source} --> {step.target or source}: {words(step.name)}\n"
    yield "```\n\n"
