"""What stands in the way of a start is said in one line, with the remedy."""

import os
import socket
import subprocess
import sys

import pytest

from spo_cases.services import collected, commands, environment, kind, ports
from spo_cases.services.claim import claimed
from spo_cases.services.errors import CannotStart
from spo_cases.tests.services import ROOT, environment_of, places_in


def quiet(line: str) -> None:
    """Somebody who says nothing."""


def run(*arguments, **variables):
    """`./run` after its set-up."""
    return subprocess.run(
        [sys.executable, "-m", "spo_cases.services", *arguments],
        cwd=ROOT,
        env=dict(os.environ) | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_second_run_on_the_same_folder_is_refused(tmp_path):
    places = places_in(tmp_path)
    with claimed(places, "http://127.0.0.1:8000/", quiet):
        second = run(SPO_VAR=str(places.var), PORT="8000")
    assert second.returncode == 1
    (line,) = second.stderr.splitlines()
    assert f"process {os.getpid()} serves http://127.0.0.1:8000/" in line
    assert "SPO_VAR=/another/folder" in line


def test_a_folder_is_free_again_when_its_run_has_ended(tmp_path):
    places = places_in(tmp_path)
    marks = []
    for _ in range(2):
        with claimed(places, "http://127.0.0.1:8000/", quiet) as mark:
            marks.append(mark)
    assert len(set(marks)) == 2


def test_a_taken_port_is_named(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = run(SPO_VAR=str(tmp_path / "var"), PORT=str(port))
    assert refused.returncode == 1
    (line,) = refused.stderr.splitlines()
    assert f"port {port} is taken" in line
    assert f"PORT={port + 1} ./run" in line


@pytest.mark.parametrize("given", ["http", "0", "65536", "-1", "８０００"])
def test_a_port_that_is_none_is_refused(monkeypatch, given):
    monkeypatch.setenv("PORT", given)
    with pytest.raises(CannotStart, match="from 1 to 65535"):
        ports.chosen()


def test_the_port_is_8000_unless_another_is_named(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    assert ports.chosen() == 8000


def test_another_major_version_is_refused_before_anything_starts(tmp_path):
    places = places_in(tmp_path)
    places.postgres.mkdir()
    (places.postgres / "PG_VERSION").write_text("15\n")
    given = environment_of(places) | {"PORT": "18999"}
    given.pop("DATABASE_URL", None)
    refused = subprocess.run(
        [sys.executable, "-m", "spo_cases.services"],
        cwd=ROOT,
        env=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert refused.returncode == 1
    assert "was made by PostgreSQL 15" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("first", "second", "demonstration"),
    [(False, False, True), (True, True, False), (True, False, False)],
)
def test_a_copy_stays_what_it_began_as(tmp_path, first, second, demonstration):
    places = places_in(tmp_path)
    kind.is_demonstration(places, empty=first)
    assert kind.is_demonstration(places, empty=second) == demonstration


def test_a_demonstration_cannot_be_emptied_by_asking(tmp_path):
    places = places_in(tmp_path)
    kind.is_demonstration(places, empty=False)
    with pytest.raises(CannotStart, match="SPO_VAR=/path ./run --empty"):
        kind.is_demonstration(places, empty=True)


def test_the_secret_key_is_made_once_and_read_by_its_owner_alone(tmp_path):
    places = places_in(tmp_path)
    made = environment.secret_file(places).read_text()
    assert len(made) >= 50
    assert environment.secret_file(places).read_text() == made
    assert places.secret.stat().st_mode & 0o077 == 0


def test_what_the_caller_set_stays(tmp_path):
    places = places_in(tmp_path)
    given = environment.service(
        {"SECRET_KEY": "mine", "SPO_SITE_URL": ""}, places, port=8123, demonstration=True
    )
    assert given["SECRET_KEY"] == "mine"
    assert "SECRET_KEY_FILE" not in given
    assert given["SPO_SITE_URL"] == "http://127.0.0.1:8123"
    assert given["SPO_DEMONSTRATION"] == "true"


@pytest.mark.parametrize(("own", "kept"), [("", False), ("postgresql://app@/app", True)])
def test_postgres_variables_reach_only_a_server_of_the_callers_own(
    tmp_path, monkeypatch, own, kept
):
    monkeypatch.delenv("DATABASE_URL_FILE", raising=False)
    monkeypatch.setenv("DATABASE_URL", own)
    monkeypatch.setenv("PGSSLMODE", "require")
    assert ("PGSSLMODE" in environment.base(places_in(tmp_path), "mark")) == kept


def test_static_files_are_gathered_again_only_after_a_change(tmp_path):
    places = places_in(tmp_path)
    collected.stamp_file(places).parent.mkdir()
    assert not collected.is_fresh(places)
    collected.remember(places)
    assert collected.is_fresh(places)


def test_no_process_learns_an_address_that_it_does_not_use(tmp_path):
    given = {
        f"DATABASE_URL{role}": f"postgresql://x{role}@/app"
        for role in ("", "_OWNER", "_DOCUMENTS", "_ADVOCATES")
    }
    processes = commands.Commands(places_in(tmp_path), given | {"SPO_SECURE": "false"}, 8000)
    own = {name: f"DATABASE_URL_{name.upper()}" for name in ("documents", "advocates")}
    own["render_waiting"] = own["documents"]
    police = ("web", "keeper", "worker", "searches", "beat", "watch", "search_waiting")
    for name in (*police, *own):
        known = {key for key in getattr(processes, name)().environment if key in given}
        assert known == {own.get(name, "DATABASE_URL")}


@pytest.mark.parametrize("name", ["DATABASE_URL_ADVOCATES", "DATABASE_URL_ADVOCATES_FILE"])
def test_the_advocates_site_has_processes_of_its_own_where_it_has_a_role(tmp_path, name):
    given = {"DATABASE_URL": "postgresql://x@/app", "SPO_SECURE": "false"}
    alone = commands.Commands(places_in(tmp_path), given, 8000)
    assert not alone.apart
    assert "SPO_ADVOCATES_SOCKET" not in alone.web().environment
    two = commands.Commands(places_in(tmp_path), given | {name: "postgresql://y@/app"}, 8000)
    assert two.apart
    socket, child = two.web().environment["SPO_ADVOCATES_SOCKET"], two.advocates()
    assert f"--bind=unix:{socket}" in child.command
    assert child.environment["SPO_KEEPER_SOCKET"] == two.keeper().command[-1]
    assert child.environment["SPO_DATABASE_ROLE"] == "advocates"


def test_the_advocates_site_is_told_no_secret_of_the_others(tmp_path):
    given = {"DATABASE_URL_ADVOCATES": "postgresql://y@/app", "SPO_SECURE": "false"}
    secrets = {"AUDIT_ANCHOR_KEY_FILE", "EMAIL_URL", "NOTIFY_API_KEY", "STORAGE_URL"}
    processes = commands.Commands(places_in(tmp_path), given | dict.fromkeys(secrets, "x"), 8000)
    assert secrets <= processes.worker().environment.keys()
    assert not secrets & processes.advocates().environment.keys()


@pytest.mark.parametrize(
    ("set_to", "secure", "counted"), [("", "false", "1"), ("", "true", "2"), ("2", "true", "3")]
)
def test_the_way_through_the_web_is_one_more_proxy(tmp_path, set_to, secure, counted):
    given = {"SPO_SECURE": secure, "DATABASE_URL_ADVOCATES": "postgresql://y@/app"}
    given |= {"SPO_TRUSTED_PROXIES": set_to} if set_to else {}
    child = commands.Commands(places_in(tmp_path), given, 8000).advocates()
    assert child.environment["SPO_TRUSTED_PROXIES"] == counted
