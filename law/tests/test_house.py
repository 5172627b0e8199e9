"""The room's own rules: standard library alone, a docstring and types on every function."""

import ast
import dataclasses
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import law

ROOM = Path(law.__file__).parent
MODULES = sorted(path.stem for path in ROOM.glob("*.py") if path.stem != "__init__")

ALONE = """
import importlib, sys
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    importlib.import_module("law." + name)
loaded = {name.split(".")[0] for name in sys.modules}
known = set(sys.stdlib_module_names) | {"law", "__main__"}
print(sorted(name for name in loaded - known if not name.startswith("_sysconfigdata")))
"""


def test_imports_with_the_standard_library_alone():
    """-I and -S: no site-packages, no environment, no current directory."""
    command = [sys.executable, "-I", "-S", "-c", ALONE, str(ROOM.parent), *MODULES]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.strip()) == (0, "[]"), ran.stderr


@pytest.mark.parametrize("module", MODULES)
def test_imports_downwards_only(module):
    tree = ast.parse((ROOM / f"{module}.py").read_text())
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= set(sys.stdlib_module_names) | {"law"}


@pytest.mark.parametrize("module", MODULES)
def test_asks_no_clock_and_prints_nothing(module):
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse((ROOM / f"{module}.py").read_text()))
        if isinstance(node, ast.Call)
    }
    assert not called & {"now", "today", "utcnow", "print", "open", "getenv"}


@pytest.mark.parametrize("module", MODULES)
def test_every_question_says_what_it_is_for(module):
    plain = {"block", "warn", "blocking", "warnings"}
    loaded = importlib.import_module(f"law.{module}")
    public = [
        thing
        for name, thing in vars(loaded).items()
        if inspect.isfunction(thing) and thing.__module__ == loaded.__name__ and name[0] != "_"
    ]
    assert loaded.__doc__
    assert {f.__name__ for f in public if not f.__doc__} <= plain


@pytest.mark.parametrize("module", MODULES)
def test_facts_and_findings_cannot_be_changed(module):
    for thing in vars(importlib.import_module(f"law.{module}")).values():
        if isinstance(thing, type) and dataclasses.is_dataclass(thing):
            assert thing.__dataclass_params__.frozen, thing.__name__


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_one_subject(module):
    assert len((ROOM / f"{module}.py").read_text().splitlines()) <= 300
