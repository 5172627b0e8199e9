"""Rules about the code itself that no import contract can express."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import DateTimeField, Field, Model

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = (
    "law",
    "audit",
    "accounts",
    "people",
    "casework",
    "alerts",
    "documents",
    "applications",
    "orders",
    "notifications",
    "breaches",
    "advocates",
    "desk",
    "spo_cases",
)
CASE_ROOMS = ("people", "applications", "orders", "notifications", "breaches", "advocates", "desk")
WRITES = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "bulk_update"}
WRITING = re.compile(r"(^|/)(lifecycle|actions)(\.py|/)")
VAGUE = re.compile(r"(^|/)(utils?|helpers?|common|misc|managers?)(\.py|/)")


def modules(*rooms: str) -> list[Path]:
    return [
        path.relative_to(ROOT)
        for room in rooms
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts and "tests" not in path.parts
    ]


def calls(path: Path) -> list[ast.Call]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("path", modules(*CASE_ROOMS), ids=str)
def test_only_lifecycle_and_actions_write(path: Path) -> None:
    if WRITING.search(str(path)) or "management" in path.parts:
        return
    writes = [
        f"{path}:{call.lineno} .{call.func.attr}()"
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES
    ]
    assert not writes, f"{writes}: move the write to lifecycle or actions"


@pytest.mark.parametrize("path", modules(*ROOMS), ids=str)
def test_celery_is_known_to_tasks_alone(path: Path) -> None:
    if path.name in ("tasks.py", "celery.py"):
        return
    assert "import celery" not in (text := (ROOT / path).read_text(encoding="utf-8"))
    assert "from celery" not in text


@pytest.mark.parametrize("path", modules(*ROOMS), ids=str)
def test_a_module_is_a_room_to_live_in(path: Path) -> None:
    lines = (ROOT / path).read_text(encoding="utf-8").count("\n")
    assert lines <= 350, f"{path} has {lines} lines: split it by subject"
    assert not VAGUE.search(str(path)), f"{path}: the name tells nothing"


@pytest.mark.parametrize("path", modules(*ROOMS), ids=str)
def test_nothing_is_imported_inside_a_function(path: Path) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    inside = [
        f"{path}:{inner.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not inside


@pytest.mark.parametrize("path", modules(*ROOMS), ids=str)
def test_no_signals_and_no_save_overrides(path: Path) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    overrides = [
        node.name
        for parent in ast.walk(tree)
        if isinstance(parent, ast.ClassDef) and any("Model" in ast.dump(b) for b in parent.bases)
        for node in parent.body
        if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete")
    ]
    assert not overrides
    assert "db.models.signals" not in (ROOT / path).read_text(encoding="utf-8")


MODELS = [model for model in apps.get_models() if model._meta.app_label in ROOMS]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_decision_has_its_by(model: type[Model]) -> None:
    """Where a person decides or records at a moment, the row says who."""
    names = {field.name for field in model._meta.get_fields() if isinstance(field, Field)}
    decided = (
        "decided_at",
        "recorded_at",
        "resulted_at",
        "acknowledged_at",
        "voided_at",
        "done_at",
    )
    lonely = [n for n in decided if n in names and n[:-3] + "_by" not in names]
    assert not lonely


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_moments_are_named_as_moments(model: type[Model]) -> None:
    wrong = [
        f.name
        for f in model._meta.get_fields()
        if isinstance(f, DateTimeField)
        and not f.name.endswith(("_at", "_from", "_until"))
        and f.name not in ("at", "date_joined")
    ]
    assert not wrong


@pytest.mark.django_db
def test_every_case_owned_table_leads_its_lists_by_force() -> None:
    """A list index of a table with a force begins with it: forces are separate controllers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'casework_case'"
        )
        lists = {name: text for name, text in cursor.fetchall() if name.startswith("case_by")}
    assert lists
    assert all("(force_id," in text for text in lists.values())
