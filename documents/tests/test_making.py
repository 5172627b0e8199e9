"""From the request to the file: made once, stopped, tried again, failed; never lost, never changed."""

import threading
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import CLOCK
from alerts import heartbeat
from alerts.models import Alert
from applications.tests import factories as applications
from audit.models import Entry
from casework import clock
from casework.errors import WrongState
from documents import actions, making, shelf
from documents.audiences import PAPERS
from documents.models import Document
from documents.press import Press, Rendered, RenderFailed, RenderRefused
from documents.snapshots import _fields_of, version_of
from documents.tests import factories, samples
from spo_cases.tests import roles

S = Document.Status
pytestmark = [pytest.mark.django_db, pytest.mark.renders]


class Broken(Press):
    """A press that does to each document what it is told."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def render(self, html: str) -> Rendered:
        raise self.error


def in_an_hour(document: Document) -> None:
    """The wait is over: the document falls due."""
    with transaction.atomic():
        Document.objects.filter(pk=document.pk).update(due_at=clock.now() - timedelta(seconds=1))


def verbs(document: Document) -> list[str]:
    rows = Entry.objects.filter(kind=Entry.Kind.EVENT, row_id=str(document.pk)).order_by("at")
    return [row.verb for row in rows]


def test_a_document_is_made_once_with_its_file_and_hash() -> None:
    document = factories.made()
    assert document.status == S.MADE
    assert document.problem == ""
    assert document.pages == 3
    pdf = shelf.take(document)
    assert pdf.startswith(b"%PDF")
    assert sha256(pdf).hexdigest() == document.sha256
    assert document.sha256 in document.file
    assert "read this order now" in document.html
    assert verbs(document) == ["request_document", "make_document"]
    before = document.made_at
    making.make(document.pk)
    document.refresh_from_db()
    assert document.made_at == before


def test_the_log_never_holds_what_a_document_says() -> None:
    document = factories.made()
    rows = Entry.objects.filter(row_id=str(document.pk))
    assert rows.count() >= 4
    assert not [row for row in rows if "Testwood" in str(row.details)]


def test_a_detail_of_the_case_stops_the_document_and_a_lead_is_told_without_it() -> None:
    case = factories.case()
    factories.secret(case, "41 Zelkova Lane, Canaryford, ZZ4 1QZ")
    told = samples.order()
    leaking = replace(told.conditions[1], text="You must not enter Zelkova Ln.")
    document = factories.made(replace(told, conditions=(leaking,)), of=case)
    assert document.status == S.BLOCKED
    assert (document.file, document.html, document.sha256) == ("", "", "")
    assert "zelkova" not in document.problem.lower()
    assert not default_storage.exists("documents")
    alert = Alert.objects.get(kind="document_blocked")
    assert str(document.pk) in alert.path
    assert "stalking_lead" in alert.recipients
    everything = " ".join(str(value) for value in vars(alert).values()).lower()
    assert "zelkova" not in everything


def test_what_another_case_of_the_force_keeps_is_found_where_it_points_to_one_door() -> None:
    factories.secret(factories.case(), "41 Zelkova Lane, Canaryford, ZZ4 1QZ")
    told = samples.order()
    street = replace(told.conditions[1], text="You must not enter Zelkova Lane.")
    door = replace(told.conditions[1], text="You must not go to 41 Zelkova Lane, ZZ4 1QZ.")
    assert factories.made(replace(told, conditions=(street,))).status == S.MADE
    assert factories.made(replace(told, conditions=(door,))).status == S.BLOCKED


def test_a_killed_renderer_costs_time_and_nothing_else() -> None:
    document = factories.asked()
    making.make(document.pk, press=Broken(RenderFailed("The renderer was stopped (-9)")))
    document.refresh_from_db()
    assert document.status == S.WAITING
    assert document.attempts == 1
    assert document.due_at > clock.now()
    assert list(making.due()) == []
    in_an_hour(document)
    assert list(making.due()) == [document.pk]
    making.make(document.pk)
    document.refresh_from_db()
    assert (document.status, document.problem, document.proof) == (S.MADE, "", None)


def test_after_five_attempts_it_has_failed_and_people_are_told() -> None:
    document = factories.asked()
    for attempt in range(actions.MOST_ATTEMPTS):
        in_an_hour(document)
        making.make(document.pk, press=Broken(OSError(f"disk {attempt}")))
    document.refresh_from_db()
    assert document.status == S.FAILED
    assert "OSError" in document.problem
    assert Alert.objects.filter(kind="document_failed").count() == 1
    making.make(document.pk)
    document.refresh_from_db()
    assert document.status == S.FAILED


def test_a_worker_that_dies_each_time_does_not_try_for_ever() -> None:
    document = factories.asked()
    for _ in range(actions.MOST_ATTEMPTS):
        in_an_hour(document)
        assert actions.claim(document.pk)
    in_an_hour(document)
    making.make(document.pk)
    document.refresh_from_db()
    assert document.status == S.FAILED


def test_a_document_that_asks_for_something_outside_fails_at_once() -> None:
    document = factories.asked()
    making.make(document.pk, press=Broken(RenderRefused("The document asks for something (file)")))
    document.refresh_from_db()
    assert document.status == S.FAILED


def test_the_printer_prints_and_reads_no_vault_and_the_searcher_prints_nothing() -> None:
    """As the role that it connects with: all that it needs, and nothing of whom a paper protects."""
    case = factories.case()
    factories.secret(case, "41 Zelkova Lane, Canaryford, ZZ4 1QZ")
    document, finished = factories.asked(of=case), factories.made(of=case)
    with roles.as_role(roles.DOCUMENTS) as cursor:
        assert list(making.due()) == [document.pk]
        assert making.lay(document.pk)
        heartbeat.beat("documents")
        assert not Document.objects.filter(pk=finished.pk).exists()
        for table in ("vault.confidential", "people_safecontact", "people_person", "audit_entry"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 names of ours
        for change in ("status = 'made'", "snapshot = '{}'", "audience = 'police'"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(f"UPDATE documents_document SET {change}")  # noqa: S608
    document.refresh_from_db()
    assert (document.status, document.stage, document.file) == (S.WAITING, "printed", "")
    assert document.proof is not None
    making.search(document.pk)
    document.refresh_from_db()
    assert (document.status, document.proof, document.pages) == (S.MADE, None, 3)


def test_the_printer_gives_up_and_the_searcher_tells_people() -> None:
    document = factories.asked()
    with roles.as_role(roles.DOCUMENTS):
        assert making.lay(document.pk, press=Broken(RenderRefused("It asks for something")))
    assert not Alert.objects.exists()
    making.search(document.pk)
    document.refresh_from_db()
    assert (document.status, document.problem) == (
        S.FAILED,
        "It asks for something. Nothing was kept.",
    )
    assert Alert.objects.filter(kind="document_failed").count() == 1


def test_a_search_that_dies_each_time_ends_and_keeps_nothing() -> None:
    document = factories.asked()
    making.lay(document.pk)
    for _ in range(actions.MOST_ATTEMPTS):
        in_an_hour(document)
        assert actions.claim(document.pk, *making.SEARCHED)
    in_an_hour(document)
    making.search(document.pk)
    document.refresh_from_db()
    assert (document.status, document.html, document.proof) == (S.FAILED, "", None)


def test_a_claim_is_a_lease() -> None:
    document = factories.asked()
    assert actions.claim(document.pk) is not None
    assert actions.claim(document.pk) is None
    in_an_hour(document)
    assert actions.claim(document.pk) is not None


def test_an_answer_that_comes_too_late_changes_nothing() -> None:
    document = factories.made()
    actions.fail(document, "too late")
    actions.stop(document, "too late")
    document.refresh_from_db()
    assert document.status == S.MADE
    assert not Alert.objects.exists()


def test_the_same_facts_are_one_document_and_new_facts_supersede() -> None:
    by, about = applications.officer(), uuid4()
    case = factories.case(by)
    first = actions.request(case, samples.order(), about_id=about, by=by)
    assert actions.request(case, samples.order(), about_id=about, by=by) == first
    later = actions.request(case, samples.order(wording=2), about_id=about, by=by)
    other = actions.request(case, samples.application(), about_id=about, by=by)
    first.refresh_from_db()
    assert first.superseded_at is not None
    assert later.superseded_at is None
    assert other.superseded_at is None
    making.make(first.pk)
    first.refresh_from_db()
    assert first.status == S.MADE


def test_the_database_holds_one_living_document_of_a_kind() -> None:
    document = factories.asked()
    document.pk = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        document.save(force_insert=True)


def test_the_database_refuses_a_made_document_without_its_file() -> None:
    document = factories.asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(status=S.MADE)


def test_a_changed_or_missing_file_is_never_handed_out() -> None:
    document = factories.made()
    whole = shelf.take(document)
    default_storage.delete(document.file)
    with pytest.raises(WrongState, match="not the one"):
        shelf.take(document)
    default_storage.save(document.file, ContentFile(whole + b" "))
    with pytest.raises(WrongState, match="not the one"):
        shelf.take(document)
    assert shelf.put(whole).key == document.file
    assert shelf.take(document) == whole


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_it_once() -> None:
    document = factories.asked()
    got: list[Any] = []
    together = threading.Barrier(2)

    def work() -> None:
        together.wait()
        try:
            got.append(actions.claim(document.pk))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(one is None for one in got) == [False, True]


def test_nobody_but_the_worker_settles_it() -> None:
    document = factories.made()
    settled = Entry.objects.filter(row_id=str(document.pk), verb="make_document").get()
    assert settled.actor == CLOCK.username


def by_an_older_version(document: Document, **changes: Any) -> Document:
    """As it was written down before a field came."""
    snapshot = document.snapshot | {"version": "before", "data": {"title": "Old"}} | changes
    with transaction.atomic():
        Document.objects.filter(pk=document.pk).update(snapshot=snapshot)
    document.refresh_from_db()
    return document


def test_what_an_older_version_was_asked_for_is_made_from_the_facts_again() -> None:
    document = applications.submitted().case.documents.get(kind="application")
    whole = document.snapshot
    by_an_older_version(document)
    making.make(document.pk)
    document.refresh_from_db()
    assert (document.status, document.problem) == (S.MADE, "")
    assert document.snapshot == whole
    assert verbs(document) == ["request_document", "take_document_again", "make_document"]
    assert not Alert.objects.filter(kind="document_failed").exists()


def test_a_snapshot_without_a_version_is_an_older_ones() -> None:
    document = applications.submitted().case.documents.get(kind="application")
    bare = {name: value for name, value in document.snapshot.items() if name != "version"}
    with transaction.atomic():
        Document.objects.filter(pk=document.pk).update(snapshot=bare)
    making.make(document.pk)
    document.refresh_from_db()
    assert document.status == S.MADE


def test_where_the_facts_are_no_more_people_are_told_to_ask_again() -> None:
    """Of a record that is not there; of a kind that is no more; of one that something newer replaced."""
    gone, unknown = factories.asked(), factories.asked()
    by_an_older_version(gone)
    by_an_older_version(unknown, type="court/of_old")
    for document in (gone, unknown):
        making.make(document.pk)
        document.refresh_from_db()
        assert document.status == S.FAILED
        assert "Make it again" in document.problem
        assert document.attempts == 1
    assert Alert.objects.filter(kind="document_failed").count() == 2


def test_a_version_follows_the_fields_at_every_depth() -> None:
    assert len({version_of(paper) for paper in PAPERS.values()}) > 3
    assert factories.asked().snapshot["version"] == version_of(type(samples.order()))
    fields = "\n".join(_fields_of(type(samples.order())))
    assert ".conditions.text: " in fields
