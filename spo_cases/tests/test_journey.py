"""From nothing to a served order and a breach, in a real browser; then the advocate looks."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Browser

from accounts.models import Rank, User
from accounts.roles import Role
from accounts.tests import factories as accounts
from applications.models import Court
from applications.tests.factories import earlier
from audit.models import Entry
from breaches.models import Breach
from casework import clock
from casework.models import Case
from desk.telling import words_of
from documents import tasks as documents
from documents.models import Document
from documents.press import PRESS
from notifications.models import Attendance, Duty, Station
from orders.models import Order
from people.models import Confidential
from spo_cases.tests.browsing import PASSWORD, Somebody, chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOME = "17 Hidden Lane, Nowhere, ZY1 1YZ"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened
    PRESS.stop()


def account(role: Role, username: str, name: str, **facts: Any) -> User:
    user = accounts.user(role, username=username, name=name, **facts)
    user.set_password(PASSWORD)
    with transaction.atomic():
        user.save(update_fields=["password"])
    return user


@pytest.fixture
def cast(db: None) -> None:
    account(Role.OFFICER, "officer", "Priya Mockley", title="DC", rank=Rank.CONSTABLE)
    account(Role.AUTHORISING_OFFICER, "super", "Angela Exemplar", title="Supt")
    account(Role.STALKING_LEAD, "lead", "Helen Sampleford", title="DI", rank=Rank.INSPECTOR)
    account(Role.OFFENDER_MANAGER, "manager", "Tom Placeholder", title="PC")
    account(Role.CONTROL_ROOM, "control", "Nightly Desk")
    account(Role.ADVOCATE, "advocate", "N. Helpwell")
    with transaction.atomic():
        Court.objects.create(name="Testham Magistrates’ Court")
        Station.objects.create(force=accounts.force(), name="Testham police station")


def test_from_nothing_to_a_breach(browser: Browser, live_server: Any, cast: None) -> None:
    officer = Somebody(browser, live_server.url, "officer")
    case = ask(officer)
    draft(officer, case)
    authorise(Somebody(browser, live_server.url, "super"), case)
    order = court(officer, case)
    serve(officer, case, order)
    notify(Somebody(browser, live_server.url, "manager"), case)
    hand_over(Somebody(browser, live_server.url, "manager"), case)
    find_and_report(Somebody(browser, live_server.url, "control"), order)
    lead = Somebody(browser, live_server.url, "lead")
    respond(lead, case)
    papers(officer, case)
    consent(officer, case)
    host = live_server.url.replace("localhost", "advocates.localhost")
    advocate = Somebody(browser, host, "advocate")
    understand(advocate, case)


def ask(officer: Somebody) -> Case:
    """Day one: somebody telephones."""
    officer.go("/caseload/")
    officer.follow("Record a request for an order")
    officer.press("Record the request")
    officer.reads("There is a problem")
    assert officer.page.title().startswith("Error: ")
    officer.answer(
        source="partner",
        asker_name="Sampleford Housing",
        asked_at=clock.now() - timedelta(hours=3),
        subject_as_told="Martin Testwood",
        concerns="He waits outside her work and writes every day.",
        domestic_abuse=True,
        online_acts=False,
    )
    officer.press("Record the request")
    case = Case.objects.get()
    officer.go(f"/applications/requests/{case.request.pk}/decide-request/")
    for ground in ("acts", "risk"):
        officer.answer(**{f"{ground}_shown": True, f"{ground}_reason": "The statements say so."})
    officer.answer(necessary=True, necessary_reason="Nothing else stops him.", outcome="proceed")
    officer.press("Record the decision")
    return case


def draft(officer: Somebody, case: Case) -> None:
    """The task list, part by part, to the end."""
    officer.go(f"/applications/cases/{case.pk}/start-draft/")
    officer.press("Begin the application")
    application = case.applications.get()
    at = f"/applications/{application.pk}"
    officer.go(f"{at}/name-subject/")
    officer.answer(given_names="Martin", family_name="Testwood", born_on=date(1988, 3, 14))
    officer.press("Save and continue")
    officer.go(f"/applications/cases/{case.pk}/correct-subject/")
    officer.answer(gender="male")
    officer.press("Save")
    officer.go(f"{at}/add-protected-person/")
    officer.answer(given_names="Rhian", family_name="Samplewell", role="both", called="Ms A")
    officer.press("Save and continue")
    person = case.parties.get().person
    officer.go(f"/applications/cases/{case.pk}/keep-confidential/")
    officer.answer(person=str(person.pk), kind="home", text=HOME)
    officer.press("Keep it confidential")
    assert Confidential.objects.get().text == HOME
    officer.go(f"/applications/cases/{case.pk}/add-identifier/")
    officer.answer(kind="phone", text="07700 900123")
    officer.press("Add it")
    officer.go(f"{at}/area/")
    officer.answer(area_limb="resides", area_reason="He lives in Testham.")
    officer.press("Save and continue")
    for kind, days in (("contacting", 9), ("loitering", 4)):
        officer.go(f"{at}/add-act/")
        officer.answer(
            kind=kind,
            from_on=clock.today() - timedelta(days=days),
            description="After he was asked to stop.",
            exhibit="PM/1",
        )
        officer.press("Add this act")
    sections(officer, at)
    condition(officer, at)
    officer.go(f"/applications/{case.pk}/")
    officer.go(f"{at}/submit/")
    officer.press("Send for authority")
    application.refresh_from_db()
    assert application.status == "submitted"


def sections(officer: Somebody, at: str) -> None:
    officer.go(f"{at}/risk/")
    officer.answer(risk="He comes closer each time.", risk_tool="S-DASH", risk_level="high")
    officer.press("Save and continue")
    officer.go(f"{at}/necessity/")
    officer.answer(necessity="Bail has not stopped him.")
    officer.press("Save and continue")
    officer.go(f"{at}/consultation/")
    officer.answer(consulted="victim", victim_view="She agrees to each condition.")
    officer.press("Save and continue")
    officer.go(f"{at}/other-orders/")
    officer.answer(other_orders="None.", criminal_case="investigation")
    officer.press("Save and continue")
    officer.go(f"{at}/duration/")
    too_short = clock.today() + timedelta(days=400)
    officer.answer(duration="fixed", asked_until=too_short, duration_reason="He went on for years.")
    officer.answer(interim_sought=True, interim_reason="She is at risk now.", notice_given=True)
    officer.press("Save and continue")
    officer.reads("There is a problem", "s3(2)")
    assert officer.page.input_value("[name=duration_reason]") == "He went on for years."
    officer.answer(asked_until=clock.today() + timedelta(days=3 * 366))
    officer.press("Save and continue")


def condition(officer: Somebody, at: str) -> None:
    officer.go(f"{at}/add-condition/")
    officer.answer(library_code="P01")
    officer.press("Continue")
    officer.answer(person="Ms A", exceptions=["through a solicitor acting for you"])
    officer.answer(
        necessity="He wrote every day.",
        evidence="Exhibit PM/1",
        monitoring="Ask her through her safe contact each week.",
        discloses_location=False,
        conflicts_with_religion=False,
        interferes_with_work=False,
        interferes_with_education=False,
    )
    officer.press("Save and continue")


def authorise(boss: Somebody, case: Case) -> None:
    """A superintendent decides on exactly what she read."""
    application = case.applications.get()
    boss.go("/")
    boss.go(f"/applications/{application.pk}/authority/")
    boss.reads("He wrote every day.")
    for ground in ("acts", "risk", "necessity"):
        boss.answer(**{f"{ground}_met": True, f"{ground}_reason": "It appears so from the papers."})
    boss.answer(decision="given")
    boss.press("Record your decision")
    application.refresh_from_db()
    assert application.status == "authorised"


def court(officer: Somebody, case: Case) -> Order:
    """Lodged, listed for this morning, and an interim order made."""
    application = case.applications.get()
    name = "Testham Magistrates’ Court"
    officer.go(f"/applications/{application.pk}/lodge/")
    officer.answer(court=name, lodged_on=clock.today(), court_reference="TM-1")
    officer.press("Record that it is lodged")
    officer.go(f"/applications/cases/{case.pk}/list-hearing/")
    starts = earlier(40)
    officer.answer(purpose="interim", court=name, starts_at=starts, notice_given=True)
    officer.answer(late_reason="Listed by telephone this morning")
    officer.press("List the hearing")
    hearing = case.hearings.get()
    officer.go(reverse("orders:make", kwargs={"pk": hearing.pk}))
    officer.answer(
        kind="interim",
        made_at=earlier(30),
        court=name,
        period="fixed",
        last_day=clock.today() + timedelta(days=60),
    )
    officer.press("Record the order")
    order: Order = case.orders.get()
    assert order.conditions.count() == 1
    officer.go(reverse("orders:overview", kwargs={"case": case.pk}))
    officer.reads("Ms A")
    return order


def serve(officer: Somebody, case: Case, order: Order) -> None:
    """A time before the order was made is refused, and nothing typed is lost."""
    officer.go(reverse("orders:serve", kwargs={"pk": order.pk}))
    proof: dict[str, Any] = {
        "method": "in_person",
        "place": "At his front door",
        "served_by_name": "PC Tom Placeholder",
        "pages_served": 4,
        "explained": True,
        "notification_explained": True,
        "understood": "yes",
        "acknowledgement": "signed",
    }
    officer.answer(served_at=clock.now() - timedelta(hours=9), **proof)
    officer.press("Record service")
    officer.reads("There is a problem")
    assert officer.page.input_value("[name=place]") == "At his front door"
    officer.answer(served_at=earlier(20))
    officer.press("Record service")
    duty = Duty.objects.get(case=case)
    assert duty.status == Duty.Status.OPEN
    officer.go(f"/cases/{case.pk}/")
    officer.reads("s9(1)", "Interim order")


def notify(manager: Somebody, case: Case) -> None:
    """He comes in time, and the clock stops."""
    duty = Duty.objects.get(case=case)
    manager.go("/notifications/")
    manager.reads(case.reference)
    manager.go(f"/notifications/duties/{duty.pk}/")
    manager.go(f"/notifications/duties/{duty.pk}/attend/")
    manager.answer(
        attended_at=earlier(5),
        station="Testham police station, Testshire Police",
        received_by_name="PC Ann Ffugiwr",
        heard_by="constable",
        names_given="Martin Testwood",
        address_limb="home",
        address_given="4 Sample Terrace, Testham",
        home_force="Testshire Police",
        fingerprints="not_asked",
        photograph="not_asked",
        oral_statement=["on"],
    )
    manager.press("Record his attendance")
    duty.refresh_from_db()
    assert duty.status == Duty.Status.MET


def hand_over(manager: Somebody, case: Case) -> None:
    """The acknowledgement is made, and he is given it: the last clock of the duty stops."""
    documents.render_waiting()
    attendance = Attendance.objects.get(case=case)
    manager.go(f"/notifications/duties/{attendance.duty_id}/")
    manager.reads("Acknowledgement not handed over yet")
    manager.go(f"/notifications/attendances/{attendance.pk}/hand-over/")
    manager.answer(handed_at=clock.now())
    manager.press("Record that he was given it")
    manager.reads("Acknowledgement handed over")


def find_and_report(control: Somebody, order: Order) -> None:
    """The control room finds the order by a phone number, and reports a breach."""
    control.go("/order-check/")
    control.answer(text="+44 7700 900 123", reason="Live incident")
    control.press("Check")
    control.reads("Martin Testwood", "Ms A")
    control.never_reads(HOME, "Hidden Lane")
    control.press("Report a breach")
    control.answer(
        happened_at=earlier(3),
        condition="1",
        what_happened="He rang her eleven times.",
    )
    control.press("Report it now")
    assert Breach.objects.get().order_id == order.pk


def respond(lead: Somebody, case: Case) -> None:
    breach = Breach.objects.get()
    lead.go("/")
    lead.reads(case.reference)
    lead.go(f"/breaches/{breach.pk}/")
    lead.press("Acknowledge and take it")
    breach.refresh_from_db()
    assert breach.acknowledged_at is not None
    lead.go(f"/cases/{case.pk}/history/")
    lead.go("/alerts/")


def papers(officer: Somebody, case: Case) -> None:
    """Every paper is made, and none tells where she lives."""
    documents.render_waiting()
    documents.search_waiting()
    made = Document.objects.filter(case=case)
    assert made
    assert {paper.status for paper in made} == {Document.Status.MADE}
    assert not [paper for paper in made if "Hidden Lane" in paper.html]
    officer.go(f"/documents/cases/{case.pk}/")
    officer.go(f"/documents/{made[0].pk}/")
    log = Entry.objects.filter(case_id=case.pk, kind=Entry.Kind.EVENT)
    assert {entry.verb for entry in log if not words_of(entry)} == set()


def consent(officer: Somebody, case: Case) -> None:
    officer.go(f"/advocates/{case.pk}/")
    officer.press("Record a consent")
    officer.answer(advocate="N. Helpwell", given_on=clock.today(), how="In writing")
    officer.answer(valid_until=clock.today() + timedelta(days=90))
    officer.answer(person=str(case.parties.get().person_id))
    officer.press("Record consent")


def understand(advocate: Somebody, case: Case) -> None:
    """The advocate reads where things stand; nothing of the investigation, no place."""
    advocate.reads("R. S.")
    advocate.follow("R. S.")
    advocate.reads("There is an order, and he has been given it.", "What happens next")
    advocate.never_reads(HOME, "Hidden Lane", "Testwood", "eleven times", "4 Sample Terrace")
    assert all("Testwood" not in title and "Samplewell" not in title for title in advocate.seen)
