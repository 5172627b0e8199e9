"""No page presumes the sex of a protected person: of whoever is not known, the words say "the person"."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from spo_cases.tests.test_architecture import CASE_ROOMS, ROOT

PRESUMES = re.compile(r"\b(she|her|hers|herself|woman|women)\b", re.I)
BY_WHAT_IS_KNOWN = {  # these choose the word by the gender that is recorded
    "people/pronouns.py",
    "orders/terms.py",  # reads what courts write
}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MODULES = sorted(
    path
    for room in ("law", *CASE_ROOMS)
    for path in (ROOT / room).rglob("*.py")
    if not {"tests", "migrations"} & set(path.parts)
    and str(path.relative_to(ROOT)) not in BY_WHAT_IS_KNOWN
)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def said(tree: ast.AST) -> Iterator[ast.Constant]:
    """Every text in the code but docstrings, which nobody reads on a page."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    told |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_says_the_person(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert [line.strip() for line in text.splitlines() if PRESUMES.search(line)] == []


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_label_a_title_or_an_error_says_the_person(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [f"{node.lineno}: {node.value}" for node in said(tree) if PRESUMES.search(node.value)]
    assert found == []
