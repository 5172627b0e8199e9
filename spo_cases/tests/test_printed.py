"""The printed documentation says what the code does."""

from types import SimpleNamespace
from uuid import uuid4

import pytest

from accounts import policy
from accounts.models import Grant
from accounts.roles import SEES_RESTRICTED, WITHOUT_CASE, Permission, Role
from casework.lifecycle import Step
from spo_cases import printed
from spo_cases.tests.test_acts import ACTS, STEPS


@pytest.mark.parametrize("path", list(printed.pages()), ids=lambda path: path.name)
def test_every_act_is_printed_under_its_record(path) -> None:
    text = printed.pages()[path]
    assert "### str" not in text
    assert "--> :" not in text


def test_the_courts_decision_on_an_application_is_an_arrow() -> None:
    text = printed.pages()[printed.DOCS / "lifecycles.md"]
    for arrow in ("lodged --> granted", "lodged --> refused", "lodged --> withdrawn"):
        assert f"    {arrow}: " in text


@pytest.mark.parametrize("path", list(printed.pages()), ids=lambda path: path.name)
def test_a_printed_page_is_fresh(path) -> None:
    assert path.read_text(encoding="utf-8") == printed.pages()[path], (
        "Run manage.py write_docs and commit what it prints"
    )


def test_every_loop_that_must_speak_is_printed() -> None:
    text = printed.OPERATIONS.read_text(encoding="utf-8")
    for loop in ("sweep", "watch", "anchors", "applications", "contact", "orders", "words"):
        assert f"| `{loop}` | " in text
    for loop in ("documents", "documents-watch", "searches", "searches-watch"):
        assert text.count(f"| `{loop}` | 90 seconds | must have spoken |") == 1
    assert "| `turn` | 90 seconds | once" in text


UNIT = uuid4()
RELATIONS = {
    "own unit": {},
    "other unit": {"unit_id": uuid4()},
    "other force": {"force_id": "B"},
    "consented client": {"force_id": "B", "grants": frozenset({Grant.Basis.CONSENT})},
}
REACHED = {  # what a printed word promises: the relations in which the policy says yes
    "": set(),
    "no case": set(),
    "own unit": {"own unit"},
    "own force": {"own unit", "other unit"},
    "consented clients": {"consented client"},
    "every force": set(RELATIONS),
    "everywhere": set(RELATIONS),
}


def printed_cell(role: Role, permission: Permission) -> str:
    """As the page has it, and not as the code that prints it would say."""
    text = "".join(printed.access()).splitlines()
    head = next(line for line in text if line.startswith("| permission"))
    columns = [cell.strip() for cell in head.strip("|").split("|")]
    name = printed.words(permission)
    row = next(
        line
        for line in text
        if line.startswith((f"| {name} |", f"| {name} (never by the drafter)"))
    )
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    return cells[columns.index(printed.words(role))]


def reached(role: Role, permission: Permission, *, restricted: bool = False) -> set[str]:
    """The relations in which the policy lets the role use the permission on a case."""
    user = SimpleNamespace(pk=uuid4(), role=role, force_id="A", unit_id=UNIT)
    here = {"case_id": uuid4(), "force_id": "A", "unit_id": UNIT, "restricted": restricted}
    return {
        relation
        for relation, facts in RELATIONS.items()
        if policy.objection(user, permission, policy.Facts(**here | facts)) is None
    }


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", sorted(set(Permission) - WITHOUT_CASE))
def test_a_cell_of_the_access_page_is_what_the_policy_says(role, permission) -> None:
    cell = printed_cell(role, permission)
    assert reached(role, permission) == REACHED[cell]
    if role not in SEES_RESTRICTED and role is not Role.ADVOCATE:
        assert reached(role, permission, restricted=True) == set()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", sorted(WITHOUT_CASE))
def test_what_is_asked_of_the_role_alone_says_so(role, permission) -> None:
    user = SimpleNamespace(pk=uuid4(), role=role)
    held = printed_cell(role, permission)
    assert held in ("", "without a case")
    if held:
        policy.check_role(user, permission)
    else:
        with pytest.raises(policy.Denied):
            policy.check_role(user, permission)


def test_no_act_on_a_record_needs_what_is_asked_of_the_role_alone() -> None:
    steps = [*STEPS.values(), *(view.step for view in ACTS)]
    assert not {
        step.name for step in steps if isinstance(step, Step) and step.needs in WITHOUT_CASE
    }
