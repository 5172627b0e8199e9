"""What every test has: an actor for the audit triggers, forces, and a maker of users."""

from collections.abc import Generator, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from audit.actor import acting_as
from audit.models import Entry, StreamHead
from spo_cases.tests import roles

# Property tests judge answers, never speed: the machine may be busy.
hypothesis.register_profile("answers", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("answers")


@pytest.fixture(autouse=True)
def _somebody_acts() -> Iterator[None]:
    """Set-up writes are by a named actor, as every write is."""
    with acting_as("test:setup"):
        yield


@pytest.fixture
def quick_hashes(settings: Any) -> None:
    """For tests of many passwords: a hash that is made at once, where theirs is not what is tested."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For rows that all tests of a module begin with: what a fixture of the module writes is written
    once, in a transaction around them all. Each test reads them anew, and leaves them as they were.

    Not for modules with tests that commit.
    """
    with django_db_blocker.unblock(), acting_as("test:setup"), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes a minute or more: begun last it would keep one worker while the other waits."""
    items.sort(key=lambda item: not any(map(item.get_closest_marker, ("processes", "browser"))))


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any],
) -> Generator[None, object, object]:
    """Check what a module's rows deferred as soon as they are written: else each of its tests does, as it
    ends, for all of them, and undoes that it did.
    """
    made = yield
    if fixturedef.scope == "module" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return made


@pytest.fixture(autouse=True, scope="session")
def _static_as_it_lies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Pages are tested without `collectstatic`: files by their own names, from where they lie.

    What tests store, the anchors of their logs too, stays apart from a service beside them.
    """
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    own = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path_factory.mktemp("files")},
    }
    storages = settings.STORAGES | {"staticfiles": plain, "default": own}
    with override_settings(STORAGES=storages, STATIC_ROOT=settings.BASE_DIR / "static"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Tests connect as the service does, by a role that owns nothing; what comes to the advocates' host
    has their site's role.

    After a test that commits everything goes but what the migrations wrote, the log too.
    """
    with django_db_blocker.unblock():
        roles.make()
        reference: dict[Any, set[Any]] = {
            model: rows
            for model in apps.get_models(include_auto_created=True)
            if model not in (Entry, StreamHead)
            and (rows := set(model._base_manager.values_list("pk", flat=True)))
        }

    def empty(self: TransactionTestCase) -> None:
        kept = {model._meta.db_table for model in (*reference, StreamHead)} | {"django_migrations"}
        tables = set(connection.introspection.django_table_names(only_existing=True)) - kept
        with transaction.atomic(), acting_as("test:teardown"), roles.as_owner() as cursor:
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER never_emptied")
            cursor.execute(f"TRUNCATE {', '.join(sorted(map(quoted, tables)))} CASCADE")
            for model, rows in reference.items():
                model._base_manager.exclude(pk__in=rows)._raw_delete(connection.alias)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the log has nothing left to do
            cursor.execute("TRUNCATE audit_entry")
            cursor.execute("UPDATE audit_streamhead SET seq = 0, hash = ''")
            cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER never_emptied")

    case: Any = TransactionTestCase
    before, case._fixture_teardown = case._fixture_teardown, empty
    with django_db_blocker.unblock():
        roles.connect_as(roles.SERVICE)
    with roles.two_sites():
        yield
    case._fixture_teardown = before
    with django_db_blocker.unblock():
        roles.connect_as("")


def quoted(table: str) -> str:
    """A table's name, which may carry its schema."""
    return ".".join(f'"{part.strip(chr(34))}"' for part in table.split("."))
