"""The embedded PostgreSQL and Valkey: started, killed, started again; what must be refused is."""

import os
import signal
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

import psycopg2
import pytest

from spo_cases.services import accounts, postgres, valkey
from spo_cases.services.commands import Commands
from spo_cases.services.errors import CannotStart
from spo_cases.services.postgres import Postgres
from spo_cases.services.readiness import wait_for
from spo_cases.tests.services import environment_of, eventually, places_in, supervised

pytestmark = pytest.mark.processes


def begun(supervisor, places):
    server = Postgres(places, environment_of(places), options=("fsync=off",))
    server.prepare_data()
    child = supervisor.keep(server.child())
    wait_for(server.accepts, supervisor, child, seconds=20)
    server.make_database()
    return server, child


def ask(server, question):
    with (
        closing(psycopg2.connect(server.url)) as connection,
        connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(question)
        return cursor.fetchall() if cursor.description else None


@pytest.mark.parametrize("folder", ["plain", "with a space"])
def test_postgres_keeps_what_was_committed_when_it_is_killed(tmp_path, folder):
    with supervised() as (supervisor, said):
        server, child = begun(supervisor, places_in(tmp_path / folder))
        ask(server, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('committed')")
        first = child.process
        os.kill(first.pid, signal.SIGKILL)
        eventually(lambda: child.process is not first, meanwhile=supervisor.look)
        eventually(server.accepts, meanwhile=supervisor.look)
        assert ask(server, "SELECT word FROM kept") == [("committed",)]
        assert said[0] == "postgres ended (SIGKILL): starting it again"


def test_postgres_opens_no_port_and_its_socket_is_ours_alone(tmp_path):
    with supervised() as (supervisor, _):
        server, _ = begun(supervisor, places_in(tmp_path))
        assert ask(server, "SHOW listen_addresses") == [("",)]
        (folder,) = parse_qs(urlsplit(server.url).query)["host"]
        assert os.stat(f"{folder}/.s.PGSQL.5432").st_mode & 0o077 == 0


def connects(address):
    try:
        psycopg2.connect(address).close()
    except psycopg2.OperationalError:
        return False
    return True


def as_user(address, name, password):
    """The same server, asked as somebody else."""
    return f"postgresql://{name}:{password}@{address.partition('@')[2]}"


def test_who_has_the_documents_address_is_not_let_in_as_another_role(tmp_path):
    places = places_in(tmp_path)
    with supervised() as (supervisor, _):
        server, _ = begun(supervisor, places)
        process = Commands(places, server.addresses(), 8000).documents().environment
        (mine,) = (value for name, value in process.items() if name.startswith("DATABASE_URL"))
        password = urlsplit(mine).password
        assert connects(mine)
        for other in ("app", "service", "advocates"):
            assert not connects(as_user(mine, other, password))
            assert not connects(as_user(mine, other, ""))
        assert ask(server, "SHOW password_encryption") == [("scram-sha-256",)]
    words = list(server.passwords.values())
    assert len(set(words)) == len(words) == 4
    assert min(map(len, words)) >= 40
    assert places.passwords.stat().st_mode & 0o077 == 0
    assert not any(word in places.log("postgres").read_text() for word in words)


def test_a_folder_that_trusted_everybody_comes_up_with_passwords(tmp_path):
    """As `./run` left it before there were any."""
    places = places_in(tmp_path)
    with supervised() as (supervisor, _):
        server, _ = begun(supervisor, places)
        ask(server, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('committed')")
        ask(server, "DROP ROLE documents; ALTER ROLE app PASSWORD NULL")
    old = server.url
    (places.postgres / "pg_hba.conf").write_text("local all all trust\n")
    places.passwords.unlink()
    with supervised() as (supervisor, said):
        server, _ = begun(supervisor, places)
        assert ask(server, "SELECT word FROM kept") == [("committed",)]
        assert connects(server.address_of("documents"))
        assert not connects(old)
        assert not connects(as_user(server.url, "app", ""))
        assert said == []


def test_a_second_start_sets_no_password_but_after_one_that_was_killed(tmp_path, monkeypatch):
    places = places_in(tmp_path)
    server = Postgres(places, environment_of(places))
    server.prepare_data()
    again = Postgres(places, environment_of(places))
    assert again.passwords == server.passwords
    asked = []

    def run(program, *arguments, typed=""):
        asked.append(typed)
        return server.run(program, *arguments, typed=typed)

    monkeypatch.setattr(again, "run", run)
    again.prepare_data()
    assert not any(asked)
    rules = places.postgres / "pg_hba.conf"
    whole = rules.read_text()
    rules.write_text(whole[:30])
    again.prepare_data()
    assert any(asked)
    assert rules.read_text() == whole


def test_postgres_keeps_no_refused_row_in_its_log(tmp_path):
    places = places_in(tmp_path)
    with supervised() as (supervisor, _):
        server, _ = begun(supervisor, places)
        ask(server, "CREATE TABLE kept (word text UNIQUE); INSERT INTO kept VALUES ('Hidden Lane')")
        with pytest.raises(psycopg2.errors.UniqueViolation):
            ask(server, "INSERT INTO kept VALUES ('Hidden Lane')")
    log = places.log("postgres").read_text(encoding="utf-8")
    assert "duplicate key value" in log
    assert "Hidden Lane" not in log


def test_postgres_starts_where_the_old_pid_now_belongs_to_somebody_else(tmp_path):
    places = places_in(tmp_path)
    with supervised() as (supervisor, _):
        server, child = begun(supervisor, places)
        (places.postgres / "postmaster.pid").replace(tmp_path / "kept.pid")
    stale = (tmp_path / "kept.pid").read_text().split("\n", 1)[1]
    for name in (places.postgres / "postmaster.pid", server.sockets / ".s.PGSQL.5432.lock"):
        name.write_text(f"{os.getpid()}\n{stale}")
    with supervised() as (supervisor, said):
        begun(supervisor, places)
        assert said == []


def test_postgres_that_still_runs_on_the_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres, "OLD_PROCESS_SECONDS", 0.2)
    places = places_in(tmp_path)
    with supervised() as (supervisor, _):
        server, child = begun(supervisor, places)
        with pytest.raises(CannotStart, match=f"kill -INT {child.process.pid}"):
            server.forget_dead_server()


def test_a_folder_of_another_major_version_is_refused(tmp_path):
    places = places_in(tmp_path)
    places.postgres.mkdir()
    (places.postgres / "PG_VERSION").write_text("15\n")
    with pytest.raises(CannotStart, match="was made by PostgreSQL 15 and this is 17"):
        Postgres(places, environment_of(places)).prepare_data()


def test_an_initdb_that_was_killed_leaves_nothing_in_the_way(tmp_path):
    places = places_in(tmp_path)
    half = places.postgres.with_name("pg.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("17\n")
    with supervised() as (supervisor, _):
        begun(supervisor, places)
    assert not half.exists()


def test_the_systems_newest_postgres_is_taken_without_the_wheel(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda name: None)
    for version in ("9.6", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "postgres").touch()
    assert postgres.binaries(tmp_path) == tmp_path / "17" / "bin"


def test_no_postgres_at_all_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(CannotStart, match="apt-get install postgresql"):
        postgres.binaries(tmp_path)


def reachable(*folders):
    """May everybody go through these folders, all the way from the root?"""
    return all(f.stat().st_mode & 0o001 for folder in folders for f in (folder, *folder.parents))


@pytest.fixture
def open_folder():
    """A folder that others may enter, which pytest's own are not."""
    with TemporaryDirectory(prefix="spo-servers-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_postgres_never_runs_as_root_where_namespaces_are_forbidden(open_folder, monkeypatch):
    """Root becomes an existing account; whoever is not root stays who they are."""
    monkeypatch.setattr(accounts, "IN_OWN_NAMESPACE", ["false"])
    places = places_in(open_folder)
    if os.geteuid() == 0 and not reachable(open_folder, postgres.binaries()):
        with pytest.raises(CannotStart, match="cannot reach"):
            Postgres(places, environment_of(places))
        return
    with supervised() as (supervisor, _):
        begun(supervisor, places)
        owner = (places.postgres / "PG_VERSION").stat().st_uid
        assert owner != 0
        assert os.geteuid() in (0, owner)


def test_a_folder_that_only_its_owner_enters_is_refused_where_root_must_become_another(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(accounts, "IN_OWN_NAMESPACE", ["false"])
    tmp_path.chmod(0o700)
    places = places_in(tmp_path)
    if os.geteuid() == 0:
        with pytest.raises(CannotStart, match="cannot reach"):
            Postgres(places, environment_of(places))
    else:
        assert Postgres(places, environment_of(places)).account == accounts.Account()


def test_valkey_is_started_again_when_it_is_killed(tmp_path):
    places = places_in(tmp_path / "with a space")
    with supervised() as (supervisor, said):
        child = supervisor.keep(valkey.child(places, environment_of(places)))
        eventually(lambda: valkey.accepts(places), meanwhile=supervisor.look)
        first = child.process
        first.kill()
        eventually(lambda: child.process is not first, meanwhile=supervisor.look)
        eventually(lambda: valkey.accepts(places), meanwhile=supervisor.look)
        assert said == ["valkey ended (SIGKILL): starting it again"]


def test_no_valkey_at_all_says_what_to_install(monkeypatch):
    monkeypatch.setattr(valkey.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(CannotStart, match="apt-get install redis-server"):
        valkey.binary()
