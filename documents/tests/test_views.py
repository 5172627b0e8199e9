"""The pages of documents: who sees them, what leaves, and what a superseded copy says."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.roles import Role
from accounts.tests import factories as accounts
from applications.tests import factories as applications
from audit.models import Entry
from documents import actions, making
from documents.models import Document
from documents.tests import factories, samples

pytestmark = [pytest.mark.django_db, pytest.mark.renders]


def address(name: str, document: Document) -> str:
    return reverse(f"documents:{name}", kwargs={"pk": document.pk})


@pytest.fixture
def officer(client: Client) -> Any:
    user = applications.officer()
    client.force_login(user)
    return user


def text_of(response: Any) -> str:
    return response.content.decode()


def test_the_list_and_the_page_say_how_each_document_stands(client: Client, officer: Any) -> None:
    document = factories.made(by=officer)
    listed = client.get(reverse("documents:list", kwargs={"case": document.case_id}))
    assert listed.status_code == 200
    assert "3 pages" in text_of(listed)
    page = client.get(address("detail", document))
    assert page.status_code == 200
    assert document.sha256 in text_of(page)
    assert "The subject" in text_of(page)
    title = text_of(page).partition("<title>")[2].partition("</title>")[0]
    assert "Testwood" not in title


def test_a_waiting_document_offers_to_look_again(client: Client, officer: Any) -> None:
    document = factories.asked(by=officer)
    page = client.get(address("detail", document))
    assert "Check again" in text_of(page)
    for name in ("pdf", "html"):
        assert client.get(address(name, document)).status_code == 409


def test_a_pdf_leaves_with_a_name_that_tells_nothing_and_the_look_is_kept(
    client: Client, officer: Any
) -> None:
    document = factories.made(by=officer)
    response = client.get(address("pdf", document))
    assert response["Content-Type"] == "application/pdf"
    kind = "interim-order" if document.snapshot["data"]["interim"] else "full-order"
    name = f"{document.case.reference}-{kind}.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.content.startswith(b"%PDF")
    look = Entry.objects.get(kind=Entry.Kind.LOOK, verb="disclose")
    assert (look.actor, look.row_id) == (officer.username, str(document.pk))
    assert look.details["reason"] == "pdf for subject"


def test_the_html_is_complete_in_itself_and_may_run_nothing(client: Client, officer: Any) -> None:
    document = factories.made(by=officer)
    response = client.get(address("html", document))
    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "sandbox" in policy
    assert "unsafe" not in policy
    assert "read this order now" in text_of(response)


def test_a_superseded_copy_says_so_on_every_page_and_the_original_stays(
    client: Client, officer: Any
) -> None:
    case, about = factories.case(officer), uuid4()
    first = actions.request(case, samples.order(), about_id=about, by=officer)
    making.make(first.pk)
    first.refresh_from_db()
    actions.request(case, samples.order(wording=2), about_id=about, by=officer)
    response = client.get(address("pdf", first))
    pages = PdfReader(BytesIO(response.content)).pages
    assert len(pages) == 3
    assert all("SUPERSEDED on" in page.extract_text() for page in pages)
    assert all("Interim Stalking" in page.extract_text() for page in pages[:2])
    assert "SUPERSEDED on" in text_of(client.get(address("html", first)))
    first.refresh_from_db()
    assert "SUPERSEDED" not in first.html
    assert "replaced this one" in text_of(client.get(address("detail", first)))


def test_a_stopped_document_says_so_and_does_not_say_why(client: Client, officer: Any) -> None:
    case = factories.case(officer)
    factories.secret(case, "41 Zelkova Lane, Canaryford, ZZ4 1QZ")
    document = factories.made(samples.application(risk="Zelkova Lane"), of=case, by=officer)
    page = text_of(client.get(address("detail", document)))
    assert "kept confidential" in page
    assert "Zelkova" not in page
    assert client.get(address("pdf", document)).status_code == 409


@pytest.mark.parametrize("name", ["detail", "pdf", "html"])
def test_another_force_finds_nothing(client: Client, name: str) -> None:
    document = factories.made()
    client.force_login(accounts.user(of=accounts.other_force()))
    assert client.get(address(name, document)).status_code == 404
    assert client.get(address(name, Document(pk=uuid4()))).status_code == 404


def test_an_advocate_finds_nothing(client: Client) -> None:
    document = factories.made()
    client.force_login(accounts.user(Role.ADVOCATE))
    assert client.get(address("pdf", document)).status_code in (302, 403, 404)


def test_a_document_that_may_tell_where_somebody_is_needs_leave_to_read_that(
    client: Client, officer: Any
) -> None:
    document = factories.made(by=officer)
    Document.objects.filter(pk=document.pk).update(audience=Document.Audience.POLICE)
    assert client.get(address("pdf", document)).status_code == 200
    client.force_login(applications.legal())
    for name in ("detail", "pdf", "html"):
        assert client.get(address(name, document)).status_code == 404
    listed = client.get(reverse("documents:list", kwargs={"case": document.case_id}))
    assert address("detail", document) not in text_of(listed)


def test_a_document_is_asked_for_on_its_page(client: Client, officer: Any) -> None:
    application = applications.complete_draft(by=officer)
    page = reverse("documents:request", kwargs={"pk": application.case_id})
    shown = client.get(page)
    assert "Complaint for an order (draft)" in text_of(shown)
    which = f"court/application:{application.pk}"
    once = text_of(shown).partition('name="once" value="')[2].partition('"')[0]
    response = client.post(page, {"which": which, "once": once})
    document = Document.objects.get(kind="application")
    assert response.status_code == 302
    assert response["Location"] == address("detail", document)
    assert document.asked_by == officer.username


@pytest.mark.parametrize(
    "which", ["", "court/application", "court/application:1", "x" * 500, "\x00"]
)
def test_what_cannot_be_made_is_a_form_error(client: Client, officer: Any, which: str) -> None:
    case = applications.complete_draft(by=officer).case
    page = reverse("documents:request", kwargs={"pk": case.pk})
    assert client.post(page, {"which": which}).status_code == 422
    assert not Document.objects.exists()


def test_who_may_not_make_documents_is_told(client: Client) -> None:
    case = factories.case()
    client.force_login(applications.superintendent())
    page = reverse("documents:request", kwargs={"pk": case.pk})
    assert client.get(page).status_code == 403
    assert client.post(page, {"which": "x"}).status_code == 403


def test_a_program_reads_how_it_stands_and_never_what_it_says(client: Client, officer: Any) -> None:
    document = factories.made(by=officer)
    answer = client.get(f"/api/documents/{document.pk}/")
    assert answer.status_code == 200
    assert answer.json()["sha256"] == document.sha256
    assert "Testwood" not in text_of(answer)


@pytest.mark.parametrize("audience", ["police", "court_confidential"])
def test_a_program_reads_what_its_user_may_read_on_the_pages(
    client: Client, officer: Any, audience: str
) -> None:
    open_to_all, document = factories.asked(by=officer), factories.asked(by=officer)
    Document.objects.filter(pk=document.pk).update(audience=audience)
    every = {str(open_to_all.pk), str(document.pk)}
    for user, told in (
        (officer, every),
        (applications.legal(), {str(open_to_all.pk)}),
        (accounts.user(Role.AUDITOR), {str(open_to_all.pk)}),
        (accounts.user(of=accounts.other_force()), set()),
    ):
        client.force_login(user)
        rows = client.get("/api/documents/").json()["results"]
        assert {row["id"] for row in rows} == told
        for pk in every:
            status = client.get(f"/api/documents/{pk}/").status_code
            assert status == (200 if pk in told else 404)
            assert client.get(f"/documents/{pk}/").status_code == status


def test_a_copy_is_held_back_when_the_vault_has_grown(client: Client, officer: Any) -> None:
    """What was silent on Monday may give a new home away on Wednesday."""
    document = factories.made(by=officer)
    assert client.get(address("pdf", document)).status_code == 200
    word = "Testwood"
    assert word in document.html
    factories.secret(document.case, word, kind="other")
    for name in ("pdf", "html"):
        answer = client.get(address(name, document))
        assert answer.status_code == 409
        assert "held back" in text_of(answer)
        assert word not in text_of(answer).partition("<h1")[2]
