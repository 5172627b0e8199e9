"""What the papers of a case say of a place that the vault holds, to those who may not read the vault."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from applications.models import Application, Request
from applications.tests import factories
from audit.models import Entry
from casework.models import PROTECTED_ROLES
from documents.masking import KEPT
from people.tests import factories as people

pytestmark = pytest.mark.django_db
HOME = "Flat 3, 41 Zelkova Lane, Canaryford, ZZ4 1QZ"


@pytest.fixture
def application() -> Application:
    """Asked for, drafted and sent before anybody knew that it is her address."""
    case = factories.request(concerns="He waits in Zelkova Lane.").case
    request = Request.objects.get(case=case)
    factories.lifecycle.decide_request(request, by=factories.officer(), **factories.PROCEED)
    application = factories.complete_draft(case=case)
    factories.act(application, place="41 Zelkova Ln", description="He rang at Zelkova Lane.")
    application.refresh_from_db()
    application = factories.lifecycle.submit_for_authority(application, by=factories.officer())
    party = case.parties.get(role__in=PROTECTED_ROLES)
    people.confidential(party.person, factories.officer(), "home", HOME)
    return application


def read(user: User, application: Application) -> list[str]:
    """The pages and the interface, wherever the words stand."""
    client = Client()
    client.force_login(user)
    asked = Request.objects.get(case=application.case)
    paths = [
        reverse("applications:overview", kwargs={"case": application.case_id}),
        reverse("api:requests-read", kwargs={"pk": asked.pk}),
        reverse("api:requests-list"),
        reverse("api:applications-content", kwargs={"pk": application.pk}),
    ]
    if user.role == Role.AUTHORISING_OFFICER:
        paths.append(reverse("applications:authority", kwargs={"pk": application.pk}))
    answers = [client.get(path) for path in paths]
    assert {answer.status_code for answer in answers} == {200}
    return [answer.content.decode() for answer in answers]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEGAL, Role.AUTHORISING_OFFICER])
def test_they_do_not_read_it(application: Application, role: Role) -> None:
    for said in read(accounts.user(role, of=application.case.force), application):
        assert "elkova" not in said
        assert KEPT in said


def test_the_officer_does(application: Application) -> None:
    for said in read(factories.officer(), application):
        assert "elkova" in said
        assert KEPT not in said


def test_the_log_that_never_forgets_does_not_have_the_words(application: Application) -> None:
    tables = ("applications_request", "applications_stalkingact")
    rows = Entry.objects.filter(table__in=tables)
    assert {*rows.values_list("table", flat=True)} == {*tables}
    assert not [row for row in rows if "elkova" in str(row.details)]
