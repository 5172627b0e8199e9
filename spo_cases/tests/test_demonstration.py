"""The demonstration has a case of every kind: the whole plan is told once, and taken back at the end."""

import re
from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db.models import F, Model, TextChoices
from django.test import Client, RequestFactory
from django.urls import get_resolver

from accounts import policy
from accounts.models import User
from accounts.roles import Permission, Role
from alerts.models import Alert
from applications.models import Application, Hearing, Request
from audit.actor import acting_as
from breaches.models import Breach
from casework import api, clock, ways
from casework.errors import Refused, WrongState
from casework.forms import as_data
from casework.lifecycle import Step, case_id_of
from casework.models import Case, Deadline
from casework.pages import ActView
from contact.models import Matter, Telling
from law.periods import LONDON, end_instant, local_date
from notifications.models import Duty
from orders.models import Order, Variation
from people.models import Confidential, Person
from spo_cases.demonstration import cast, plan
from spo_cases.demonstration import outcomes as o
from spo_cases.tests.test_acts import ACTS
from spo_cases.tests.test_kept_everywhere import places

pytestmark = pytest.mark.django_db
ABSENT = {  # left out on purpose; the reason beside it
    Hearing.Status.VACATED,  # says nothing that an adjournment does not
    Variation.Status.REFUSED,
    Variation.Status.WITHDRAWN,
    Duty.Status.TAKEN_BACK,  # a slip of the recorder, put right: no story is about it
}
RECORDS = (Case, Request, Application, Hearing, Order, Variation, Duty, Breach, Matter, Telling)
STATUSES = [
    (model, status)
    for model in RECORDS
    for status in model.Status  # type: ignore[attr-defined]
]


@pytest.fixture(scope="module", autouse=True)
def casts(shared: None) -> list[cast.Cast]:
    with acting_as(cast.ACTOR):
        assembled = cast.assemble()
        for plot in plan.stories(assembled, clock.now()):
            plan.tell_one(*plot)
    return assembled


def test_there_are_sixty_cases_of_four_forces() -> None:
    assert Case.objects.count() >= 60
    assert set(Case.objects.values_list("force_id", flat=True)) == {f[0] for f in cast.FORCES}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CLOCK])
def test_every_role_has_an_account(role: Role) -> None:
    assert User.objects.filter(role=role, is_demonstration=True, is_active=True).exists()


@pytest.mark.parametrize(
    ("model", "status"), STATUSES, ids=[f"{m.__name__}-{status}" for m, status in STATUSES]
)
def test_every_status_is_there(model: Any, status: TextChoices) -> None:
    there = model.objects.filter(status=status).exists()
    assert there != any(status is left_out for left_out in ABSENT)


@pytest.mark.parametrize("hour", [time(0, 5), time(9, 59), time(11, 30), time(23, 50)])
def test_it_can_be_told_at_any_hour(casts: list[cast.Cast], hour: time) -> None:
    """At night too, before the court has sat: whoever starts the service then gets every case."""
    now = datetime.combine(clock.today() - timedelta(days=1), hour, tzinfo=LONDON)
    of_that_day = [p for p in plan.stories(casts, now) if o.interim in p[1]][:2]
    for story, chapters in of_that_day:
        plan.tell_one(story, chapters)
        assert story.order.made_at <= now
        assert local_date(story.order.made_at) >= local_date(now) - timedelta(days=1)
        assert not story.order.services.exists()


def test_the_sources_of_every_step_are_statuses_that_are_held_to_be_there() -> None:
    """A lifecycle that learns a status must tell of it here."""
    known = {model for model, _ in STATUSES}
    for view in ACTS:
        if isinstance(view.step, Step) and view.model in known:
            assert view.step.sources <= {s for m, s in STATUSES if m is view.model}


def test_a_record_of_a_case_has_the_force_of_its_case() -> None:
    """Lists are cut by the force of the row itself."""
    for model in apps.get_models():
        if {"case", "force"} <= {field.name for field in model._meta.concrete_fields}:
            assert not model._default_manager.exclude(force=F("case__force")).exists(), model


def test_there_is_something_to_do_now() -> None:
    now = clock.now()
    waiting = Deadline.objects.filter(done_at=None)
    assert waiting.filter(due_at__lte=now).exists()
    assert waiting.filter(due_at__gt=now, due_at__lte=end_instant(clock.today())).exists()
    late = waiting.filter(due_at__lte=now).values_list("force_id", flat=True)
    assert set(late) == {f[0] for f in cast.FORCES}


def test_what_happens_seldom_has_happened() -> None:
    assert Case.objects.filter(restricted=True).exists()
    assert Duty.objects.filter(status=Duty.Status.NOT_OWED).exclude(soa_from=None).exists()
    assert Duty.objects.filter(kind=Duty.Kind.NAME, status=Duty.Status.MET).exists()
    assert Duty.objects.filter(kind=Duty.Kind.ADDRESS, status=Duty.Status.OPEN).exists()
    assert Variation.objects.filter(kind="vary", status=Variation.Status.GRANTED).exists()
    assert Order.objects.filter(end_reason=Order.EndReason.DISCHARGED).exists()
    assert Order.objects.filter(end_reason=Order.EndReason.REPLACED).exists()


def test_a_restricted_case_can_be_looked_at_by_somebody_and_not_by_all() -> None:
    case = Case.objects.get(restricted=True)
    may = {
        u.role
        for u in User.objects.filter(force=case.force)
        if policy.can(u, Permission.VIEW_CASE, case)
    }
    assert Role.OFFICER in may
    assert Role.LEGAL not in may


def hidden() -> set[str]:
    """What must stand in no title: where protected people are, their telephones, everybody's names."""
    names = Person.objects.values_list("family_name", flat=True)
    return {*Confidential.objects.values_list("text", flat=True), *names}


def test_no_title_gives_away_what_is_confidential() -> None:
    titles = [
        *Deadline.objects.values_list("title", flat=True),
        *Deadline.objects.values_list("path", flat=True),
        *Alert.objects.values_list("title", flat=True),
        *Alert.objects.values_list("path", flat=True),
    ]
    assert titles
    secrets = hidden()
    assert not [title for title in titles if any(secret in title for secret in secrets)]


@pytest.mark.parametrize("status", Case.Status)
def test_no_page_of_a_case_has_a_name_in_its_title(status: str, client: Client) -> None:
    case = Case.objects.filter(status=status, restricted=False).first()
    assert case is not None
    client.force_login(User.objects.get(force=case.force, role=Role.STALKING_LEAD))
    html = client.get(f"/cases/{case.pk}/").content.decode()
    title = re.search(r"<title[^>]*>(.*?)</title>", html, re.S)
    assert title is not None
    assert case.reference in title[1]
    assert not any(secret in title[1] for secret in hidden())


def test_no_clock_leads_somebody_to_an_act_that_is_not_theirs(client: Client) -> None:
    """Every kind of clock there is, followed by every role of the force that sees it."""
    shown = Deadline.objects.filter(force_id=cast.FORCES[0][0], done_at=None)
    one_of_each = list(shown.order_by("kind", "pk").distinct("kind"))
    assert len(one_of_each) > 10
    for user in (
        User.objects.filter(force_id=cast.FORCES[0][0]).order_by("role", "pk").distinct("role")
    ):
        client.force_login(user)
        for deadline in one_of_each:
            if policy.can(user, Permission.VIEW_CASE, deadline):
                answer = client.get(ways.of(user, deadline))
                assert answer.status_code == 200, f"{user.role} {deadline.kind}"


ON_RECORDS = [view for view in ACTS if view.model is not None]


def whose(view: type[ActView], record: Any) -> User:
    """Somebody who may do this act on the record, or the lead."""
    case = Case.objects.filter(pk=case_id_of(record)).first()
    users = User.objects.filter(force_id=case.force_id if case else cast.FORCES[0][0])
    able = [user for user in users if user.may(view.step.needs)]
    if case is None:
        return able[0]
    return next((u for u in able if policy.can(u, view.step.needs, case)), users[0])


@pytest.mark.parametrize("view", ON_RECORDS, ids=lambda view: f"{view.__module__}.{view.__name__}")
def test_an_act_that_is_sent_a_version_is_no_fault(view: type[ActView], client: Client) -> None:
    """Of every room and every model: also of what has no version to compare."""
    model: Any = view.model
    for record in model.objects.order_by("pk")[:3]:
        user = whose(view, record)
        compared(view, record, user)
        client.force_login(user)
        answer = client.post(
            f"/api/{api.act_route(view).replace('<uuid:pk>', str(record.pk))}",
            "{}",
            content_type="application/json",
            headers={"If-Match": '"1"'},
        )
        assert answer.status_code < 500
        assert answer["Content-Type"].startswith("application/")


def compared(view: type[ActView], record: Model, user: User) -> None:
    """What the API asks after the form is right, whatever the form asks: the comparison itself."""
    page = view()
    page.request = SimpleNamespace(user=user)  # type: ignore[assignment]
    page.record = record
    with pytest.raises((Refused, WrongState, policy.Denied)) as said:
        page.compare(999_999_999)
    assert str(said.value)


def test_no_act_is_done_by_a_form_that_lost_the_version_that_its_page_showed(
    client: Client,
) -> None:
    """Each page carries it; a submit without it may overwrite what its sender never saw."""
    addresses = {view: address for _, address, view in places(get_resolver().url_patterns)}
    answers: dict[str, int] = {}
    for view in ON_RECORDS:
        model: Any = view.model
        if not (isinstance(view.step, Step) and hasattr(model, "version")):
            continue  # an Opening changes nothing that is stored
        rows = [(row, whose(view, row)) for row in model.objects.order_by("pk")[:25]]
        record, user = next(((r, u) for r, u in rows if view.step.offered(r, u)), (None, None))
        if record is None:
            continue
        client.force_login(user)
        address = addresses[view].replace("<uuid:pk>", str(record.pk))
        page = client.get(address)
        if b'name="once"' not in page.content:
            continue  # what stands in its way is said instead of the form
        assert b'name="version"' in page.content, address
        shown = view()
        shown.request = RequestFactory().get(address)
        shown.request.user = user
        shown.record = record
        form = shown.form()
        stored = {name: value for name, value in form.initial.items() if name in form.fields}
        answers[address] = client.post(address, as_data(form, stored)).status_code
    assert set(answers.values()) <= {409, 422}, answers
    assert [*answers.values()].count(409) >= 8, answers
