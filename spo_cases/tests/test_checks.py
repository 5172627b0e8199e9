"""The tools that read the code agree with it. Each is a command that anybody can also type."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = {
    "ruff format --check": ["-m", "ruff", "format", "--check", "."],
    "ruff check": ["-m", "ruff", "check", "."],
    "mypy": ["-m", "mypy", "."],
    "lint-imports": [Path(sys.executable).with_name("lint-imports")],
    "makemigrations --check": ["manage.py", "makemigrations", "--check", "--dry-run"],
    "check --deploy": ["manage.py", "check", "--deploy", "--fail-level=WARNING"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_tool_finds_nothing(name):
    found = subprocess.run(
        [sys.executable, *COMMANDS[name]],
        cwd=ROOT,
        env=dict(os.environ) | {"SPO_SECURE": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, f"{name}\n{found.stdout}\n{found.stderr}"
