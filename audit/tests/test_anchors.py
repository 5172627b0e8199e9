"""What is rebuilt so well that its chain is sound is found by an anchor that was kept outside."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from audit import anchors, chain
from audit.models import Entry
from audit.tests.factories import as_superuser, person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, 3, tzinfo=UTC)
REBUILD = """
    DO $$ DECLARE line audit_entry; before bytea := ''; BEGIN
      FOR line IN SELECT * FROM audit_entry ORDER BY seq LOOP
        line.prev := before;
        before := audit_hash(line);
        UPDATE audit_entry SET prev = line.prev, hash = before WHERE id = line.id;
      END LOOP;
      UPDATE audit_streamhead h SET hash = before, seq = (SELECT max(seq) FROM audit_entry)
      WHERE seq > 0;
    END $$
"""


@pytest.fixture(autouse=True)
def _own_storage(settings: Any, tmp_path: Path) -> None:
    files = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path},
    }
    settings.STORAGES = settings.STORAGES | {"default": files}


@pytest.fixture
def stream() -> int:
    """Lines in one stream of a pristine log, anchored twice, with lines after the last anchor."""
    with as_superuser() as cursor:
        cursor.execute("DELETE FROM audit_entry")
        cursor.execute("UPDATE audit_streamhead SET seq = 0, hash = ''")
        cursor.execute("SELECT set_config('spo.stream', '', true)")
    for minutes, name in ((0, "One"), (5, "Two")):
        person(name)
        chain.first_fault()  # the end of the stream is written, as a commit would
        anchors.keep(NOW + timedelta(minutes=minutes))
    person("Three")
    (found,) = set(Entry.objects.values_list("stream", flat=True))
    return int(found)


def later() -> datetime:
    return NOW + timedelta(hours=7)


def test_a_log_that_nobody_touched_agrees_with_every_anchor(stream: int) -> None:
    assert chain.first_fault() is None
    assert anchors.first_fault(later()) == (None, 2)


def test_a_stream_that_was_rebuilt_whole_is_found_though_its_chain_is_sound(stream: int) -> None:
    with as_superuser() as cursor:
        cursor.execute("UPDATE audit_entry SET actor = 'somebody else' WHERE seq = 1")
        cursor.execute(REBUILD)
    assert chain.first_fault() is None
    fault, _ = anchors.first_fault(later())
    assert fault is not None
    assert fault.stream == stream
    assert "is not the line that was anchored at 2026-11-24T12:03" in fault.what


def test_a_stream_that_was_cut_with_its_head_is_found(stream: int) -> None:
    with as_superuser() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE seq > 1")
        cursor.execute(REBUILD)
    assert chain.first_fault() is None
    fault, _ = anchors.first_fault(later())
    assert fault is not None
    assert fault.stream == stream


def test_what_was_rebuilt_after_the_last_anchor_alone_is_not_seen(stream: int) -> None:
    """The window that is left: five minutes."""
    with as_superuser() as cursor:
        last = Entry.objects.latest("seq").seq
        cursor.execute("UPDATE audit_entry SET actor = 'x' WHERE seq = %s", [last])
        cursor.execute(REBUILD)
    assert anchors.first_fault(later())[0] is None


def test_the_command_names_the_stream_and_fails(stream: int, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.setattr(anchors.timezone, "now", later)
    call_command("audit_verify")
    assert "They agree with 2 anchors" in capsys.readouterr().out
    with as_superuser() as cursor:
        cursor.execute("UPDATE audit_entry SET actor = 'x' WHERE seq = 1")
        cursor.execute(REBUILD)
    with pytest.raises(CommandError, match=f"Stream {stream}, line .* anchored at") as no:
        call_command("audit_verify")
    assert no.value.returncode == 1


FIRST, LAST = (f"{anchors.FOLDER}/2026-11-24/12-0{minute}" for minute in (0, 5))


def put(name: str, content: bytes) -> None:
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content))


def test_an_anchor_that_was_taken_away_is_missed(stream: int) -> None:
    default_storage.delete(FIRST)
    with pytest.raises(anchors.Broken, match=f"{FIRST} is missing"):
        anchors.first_fault(later())


def test_an_anchor_under_another_name_is_found(stream: int) -> None:
    with default_storage.open(LAST) as file:
        content = file.read()
    put(FIRST, content)
    with pytest.raises(anchors.Broken, match=f"{FIRST} was written under another name"):
        anchors.first_fault(later())


def test_an_anchor_signed_with_another_key_is_found(stream: int, settings: Any) -> None:
    settings.AUDIT_ANCHOR_KEY = "another key, which is not the one of this service"
    default_storage.delete(LAST)
    anchors.keep(NOW + timedelta(minutes=5))
    settings.AUDIT_ANCHOR_KEY = settings.SECRET_KEY
    with pytest.raises(anchors.Broken, match=f"{LAST} is not as it was signed"):
        anchors.first_fault(later())


def test_there_is_one_anchor_of_five_minutes(stream: int) -> None:
    assert not anchors.is_due(NOW)
    assert not anchors.is_due(NOW + timedelta(minutes=6))
    assert anchors.is_due(NOW + timedelta(minutes=7))


def test_the_chain_of_anchors_goes_on_after_a_day_without_one(stream: int) -> None:
    anchors.keep(NOW + timedelta(days=1))
    assert anchors.first_fault(NOW + timedelta(days=2)) == (None, 3)
