"""What `scripts/setup.sh` says before there is anything of ours to run: one line, with the remedy."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from spo_cases.tests.services import ROOT

pytestmark = pytest.mark.processes
NOBODY_LISTENS = "http://127.0.0.1:9/simple"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What set-up reads, in a folder with a space in its path."""
    folder = tmp_path / "a clone"
    (folder / "scripts").mkdir(parents=True)
    for name in ("scripts/setup.sh", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def set_up(clone: Path, commands: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run these of the script's functions as ./run does, as nobody special."""
    script = f"""
        set -euo pipefail
        project=$PWD var=$PWD/var began=$(date +%s.%N)
        . scripts/setup.sh
        is_root() {{ return 1; }}
        open_log
        {commands}
    """
    return subprocess.run(
        ["bash", "-c", script],
        cwd=clone,
        env=dict(os.environ) | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def only_line(run: "subprocess.CompletedProcess[str]") -> str:
    assert run.returncode == 1
    (line,) = run.stderr.splitlines()
    return line


def test_without_a_python_that_is_new_enough(clone: Path) -> None:
    line = only_line(set_up(clone, "find_python() { return 1; }; need_python", PYTHON=""))
    assert line.startswith("Cannot start: there is no Python 3.11 or later: sudo apt-get install")


def test_a_python_that_was_named_and_is_none(clone: Path) -> None:
    line = only_line(set_up(clone, "need_python", PYTHON="/bin/false"))
    assert line == (
        "Cannot start: PYTHON=/bin/false is no Python 3.11 or later: name another, or none"
    )


def test_a_python_that_is_too_old_is_not_taken(clone: Path, tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text(f'#!/bin/sh\n{sys.executable} "$@"; exit 1\n', encoding="utf-8")
    old.chmod(0o755)
    assert "is no Python 3.11 or later" in only_line(set_up(clone, "need_python", PYTHON=str(old)))


def test_without_a_network(clone: Path) -> None:
    line = only_line(
        set_up(
            clone,
            "need_python; need_packages run",
            PYTHON=sys.executable,
            PIP_INDEX_URL=NOBODY_LISTENS,
            PIP_NO_CACHE_DIR="1",
        )
    )
    assert line == (
        "Cannot start: the packages cannot be fetched without a network: "
        "connect, or name a mirror with PIP_INDEX_URL"
    )


def test_what_cannot_be_written(clone: Path) -> None:
    (clone / "var").write_text("a file is in the way", encoding="utf-8")
    line = only_line(set_up(clone, "need_python"))
    assert "cannot be written: name a folder that you may write with SPO_VAR=/path" in line
