"""Rules about the code itself that no import contract can express."""

import ast
import re
from pathlib import Path

import pytest

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
    "contact",
    "breaches",
    "advocates",
    "desk",
    "spo_cases",
)
CASE_ROOMS = ROOMS[ROOMS.index("accounts") : -1]  # `law` has no rows, `audit` writes the log
CREATES = {"create", "bulk_create", "update_or_create", "get_or_create", "bulk_update"}
WRITES_ITS_OWN = {  # rows that are no record of a case; each is written by one module
    "accounts/models.py": "the maker of accounts that Django asks for, which actions call",
    "casework/once.py": "remembers a submit together with its answer, in the submit's transaction",
    "alerts/addressing.py": "the row is the message: whom an alert reaches",
    "alerts/delivery.py": "the row is the message: what became of it",
    "alerts/heartbeat.py": "a loop's sign of life, in one statement",
    "alerts/sweep.py": "raises what fell due, many rows in one statement",
}
SQL_WRITES = re.compile(r"\s*(insert\s+into|update\s+\w+\s+set|delete\s+from|truncate)\b", re.I)
LONGEST = 300
WRITING = re.compile(r"(^|/)(lifecycle|actions)(\.py|/)")
VAGUE = re.compile(r"(^|/)(utils?|helpers?|common|misc|managers?)(\.py|/)")


def modules(*rooms: str) -> list[Path]:
    return [
        path.relative_to(ROOT)
        for room in rooms
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts and "tests" not in path.parts
    ]


def is_write(call: ast.Call) -> bool:
    """Does it look like a write of Django's? A dict, a hash, a cache and a store take a value first.

    `rows.update(state=...)`, `row.delete()` and `row.save(update_fields=...)` do not.
    """
    if not isinstance(call.func, ast.Attribute):
        return False
    name = call.func.attr
    if name == "update":
        return bool(call.keywords)
    if name in ("save", "delete", "_raw_delete"):
        return not call.args or name == "_raw_delete"
    return name in CREATES


def writes_in(source: str) -> list[str]:
    """Each write in a module's text, by line: through the models, or in SQL of its own."""
    tree = ast.parse(source)
    found = [
        (node.lineno, ast.unparse(node.func))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and is_write(node)
    ]
    found += [
        (node.lineno, "SQL")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and SQL_WRITES.match(node.value)
    ]
    return [f"{line} {what}" for line, what in sorted(found)]


@pytest.mark.parametrize(
    "line",
    [
        "case.save()",
        "case.save(update_fields=['officer'])",
        "Case.objects.filter(pk=pk).update(status='ended')",
        "rows.update(**values)",
        "order.delete()",
        "Order.objects.filter(pk=pk).delete()",
        "Order.objects.create(kind='full')",
        "Order.objects.bulk_update(orders, ['kind'])",
        "rows._raw_delete('default')",
        "cursor.execute('UPDATE casework_case SET status = %s', ['ended'])",
        "cursor.execute('DELETE FROM casework_case')",
    ],
)
def test_a_write_is_known_when_it_is_seen(line: str) -> None:
    assert writes_in(line)


@pytest.mark.parametrize(
    "line",
    [
        "facts.update({'a': 1})",
        "digest.update(b'words')",
        "cache.delete(key)",
        "default_storage.save(key, file)",
        "cursor.execute('SELECT 1 FROM casework_case FOR UPDATE')",
    ],
)
def test_what_only_sounds_like_a_write_is_none(line: str) -> None:
    assert not writes_in(line)


@pytest.mark.parametrize("path", modules(*CASE_ROOMS), ids=str)
def test_only_lifecycle_and_actions_write(path: Path) -> None:
    if WRITING.search(str(path)) or "management" in path.parts:
        return
    writes = writes_in((ROOT / path).read_text(encoding="utf-8"))
    if str(path) in WRITES_ITS_OWN:
        assert writes, f"{path} writes nothing: take it out of WRITES_ITS_OWN"
    else:
        assert not writes, f"{path} {writes}: move the write to lifecycle or actions"


def test_every_module_that_writes_its_own_is_there() -> None:
    assert set(WRITES_ITS_OWN) <= {str(path) for path in modules(*CASE_ROOMS)}


@pytest.mark.parametrize("path", modules(*ROOMS), ids=str)
def test_celery_is_known_to_tasks_alone(path: Path) -> None:
    if path.name in ("tasks.py", "celery.py"):
        return
    assert "import celery" not in (text := (ROOT / path).read_text(encoding="utf-8"))
    assert "from celery" not in text


@pytest.mark.parametrize("path", modules(*ROOMS), ids=str)
def test_a_module_is_a_room_to_live_in(path: Path) -> None:
    lines = (ROOT / path).read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST, f"{path} has {lines} lines: split it by subject"
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


TESTS = [
    p.relative_to(ROOT) for room in ROOMS for p in sorted((ROOT / room).rglob("tests/**/*.py"))
]


@pytest.mark.parametrize("path", TESTS, ids=str)
def test_no_test_is_skipped_silently(path: Path) -> None:
    """What cannot run here fails and says why, or runs another way."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    marks = {"skip", "skipif", "xfail", "importorskip"}
    found = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in marks
    ]
    assert not found
