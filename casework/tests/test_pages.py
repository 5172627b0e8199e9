"""The page of an act: what it shows, takes, refuses, and never loses."""

import re
import threading
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory
from markupsafe import escape

from accounts.models import User
from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from audit.models import Entry
from casework import clock, frame
from casework.forms import as_data
from casework.models import Case, Party, Submission
from casework.problems import server_error
from casework.tests import acts, factories
from casework.tests.browsing import fill, hidden, opened

pytestmark = [pytest.mark.django_db, pytest.mark.urls("casework.tests.acts")]
TYPED = {"restricted_reason": "His brother works here", "online_acts": "yes"}


@pytest.fixture
def officer() -> User:
    return accounts.user()


@pytest.fixture
def case(officer: User) -> Case:
    return factories.case(officer=officer)


@pytest.fixture
def client(officer: User) -> Client:
    browser = Client()
    browser.force_login(officer)
    return browser


def page(case: Case, act: str = "note") -> str:
    return f"/acts/cases/{case.pk}/{act}/"


def text(response: Any) -> str:
    return response.content.decode()


def unchanged(case: Case) -> bool:
    kept = Case.objects.get(pk=case.pk)
    events = Entry.objects.filter(kind="event", case_id=case.pk).count()
    return kept.version == case.version and kept.restricted_reason == "" and events == 0


def test_get_shows_the_form_with_its_version_and_token(client: Client, case: Case) -> None:
    html = text(client.get(page(case)))
    assert hidden(html)["version"] == "1"
    assert len(hidden(html)["once"]) > 20
    assert f"<title>Note the reason, {case.reference} – SPO Cases</title>" in html
    assert "Martin Testwood</b>, born 14 March 1988" in html


def test_post_does_the_act_once_and_goes_on(client: Client, case: Case) -> None:
    answer = client.post(page(case), TYPED | hidden(text(client.get(page(case)))))
    assert (answer.status_code, answer["Location"]) == (302, f"/acts/case/{case.pk}/")
    kept = Case.objects.get(pk=case.pk)
    assert (kept.restricted_reason, kept.online_acts) == ("His brother works here", True)
    following = text(client.get(answer["Location"]))
    assert re.search(
        r'<p class="govuk-notification-banner__heading">\s*The note is kept', following
    )


def test_a_form_error_keeps_what_was_typed(client: Client, case: Case) -> None:
    answer = client.post(page(case), {"restricted_reason": "His brother", "once": "abc"})
    html = text(answer)
    assert answer.status_code == 422
    assert "<title>Error: Note the reason" in html
    assert 'href="#id_online_acts">Select yes if there were acts online</a>' in html
    assert 'value="His brother"' in html
    assert hidden(html)["once"] == "abc"
    assert unchanged(case)


def test_a_refusal_of_the_law_stands_at_its_field(client: Client, case: Case) -> None:
    answer = fill(client, page(case), TYPED | {"restricted_reason": "forbidden"})
    assert answer.status_code == 422
    assert 'href="#id_restricted_reason">The reason must not be forbidden</a>' in text(answer)
    assert unchanged(case)


def test_a_refusal_without_a_field_stands_above_the_form(client: Client, case: Case) -> None:
    answer = fill(client, page(case), TYPED | {"restricted_reason": "nowhere"})
    assert answer.status_code == 422
    assert "The law says no" in text(answer)
    assert unchanged(case)


def test_the_same_submit_twice_is_one_act(client: Client, case: Case) -> None:
    sent = TYPED | hidden(text(client.get(page(case))))
    first, second = client.post(page(case), sent), client.post(page(case), sent)
    assert first["Location"] == second["Location"]
    assert Case.objects.get(pk=case.pk).version == 2
    assert Submission.objects.count() == 1


def test_the_same_form_with_other_answers_asks_again(client: Client, case: Case) -> None:
    url = f"/acts/cases/{case.pk}/add-party/"
    token = {"once": hidden(text(client.get(url)))["once"]}
    sent = {"family_name": "Samplewell", "role": "victim"}
    client.post(url, sent | token)
    again = client.post(url, sent | token | {"family_name": "Otherwell"})
    assert again.status_code == 422
    assert "You have sent this form already" in text(again)
    assert 'value="Otherwell"' in text(again)
    assert hidden(text(again))["once"] != token["once"]
    assert Party.objects.filter(case=case).count() == 1


def test_a_refused_submit_leaves_its_token_free(client: Client, case: Case) -> None:
    once = opened(client, page(case)) | {"once": "token-1"}
    client.post(page(case), once | {"restricted_reason": "only half"})
    assert client.post(page(case), once | TYPED).status_code == 302


def test_a_stale_page_shows_both_texts_and_takes_the_new_version(
    client: Client, case: Case
) -> None:
    mine = hidden(text(client.get(page(case))))
    client.post(page(case), TYPED | {"restricted_reason": "Theirs", "version": "1"})
    answer = client.post(page(case), mine | TYPED | {"restricted_reason": "Mine"})
    html = text(answer)
    assert answer.status_code == 409
    assert "Somebody saved this since you opened it" in html
    assert 'data-label="Saved now">Theirs<' in html
    assert 'data-label="You typed">Mine<' in html
    assert 'value="Mine"' in html
    assert hidden(html)["version"] == "2"
    assert Case.objects.get(pk=case.pk).restricted_reason == "Theirs"
    again = client.post(page(case), hidden(html) | TYPED | {"restricted_reason": "Mine"})
    assert again.status_code == 302
    assert Case.objects.get(pk=case.pk).restricted_reason == "Mine"


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_wrong_state_says_what_it_is_now(client: Client, officer: User, method: str) -> None:
    case = factories.case(officer=officer, status=Case.Status.ENDED)
    answer = getattr(client, method)(page(case), TYPED)
    assert answer.status_code == 409
    assert "You cannot note now. It is ended." in text(answer)
    assert f'href="/acts/case/{case.pk}/"' in text(answer)
    assert unchanged(case)


def test_an_act_that_the_role_lacks_is_refused_with_its_reason(case: Case) -> None:
    browser = Client()
    browser.force_login(accounts.user(Role.LEGAL))
    answer = browser.post(page(case), TYPED)
    assert answer.status_code == 403
    assert "Your role (legal) cannot draft an application" in text(answer)
    assert unchanged(case)


def test_who_reads_the_case_stays_in_it_and_learns_whose_the_act_is(case: Case) -> None:
    browser = Client()
    browser.force_login(accounts.user(Role.LEGAL))
    answer = browser.get(page(case))
    assert answer.status_code == 403
    assert "Who can: officer, stalking lead." in text(answer)
    assert f'href="/acts/case/{case.pk}/"' in text(answer)
    assert case.reference in text(answer)


def test_an_opening_asks_the_policy_of_the_case_as_it_is_under_the_lock(
    officer: User, case: Case
) -> None:
    """The case went to another force between the page's look and the act."""
    seen = Case.objects.get(pk=case.pk)
    Case.objects.filter(pk=case.pk).update(force=accounts.other_force(), unit=None)
    with pytest.raises(Denied), acts.ADD.of(seen, by=officer) as opened:
        opened.save(Party(case=seen))


def test_another_forces_case_is_exactly_like_none(client: Client) -> None:
    theirs = factories.case(officer=accounts.user(of=accounts.other_force()))
    nobodys = "00000000-0000-4000-8000-000000000000"
    for method in (client.get, client.post):
        found, absent = (
            method(page(theirs), TYPED),
            method(page(theirs).replace(str(theirs.pk), nobodys), TYPED),
        )
        assert found.status_code == absent.status_code == 404
        assert without_moment(text(found)) == without_moment(text(absent))
    assert unchanged(theirs)


def without_moment(html: str) -> str:
    return re.sub(r'As at .*time\.|nonce="[^"]*"|value="[^"]*"', "", html)


def test_a_stranger_is_sent_to_sign_in(case: Case) -> None:
    answer = Client().post(page(case), TYPED)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=")
    assert unchanged(case)


def test_a_post_without_the_csrf_token_changes_nothing(officer: User, case: Case) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer)
    answer = browser.post(page(case), TYPED)
    assert answer.status_code == 403
    assert "Go back, reload the page" in text(answer)
    assert unchanged(case)


@pytest.mark.parametrize("character", ["\0", "\x1b", "\ufffd"])
def test_characters_that_cannot_be_kept_are_named(
    client: Client, case: Case, character: str
) -> None:
    answer = client.post(page(case), TYPED | {"restricted_reason": f"His{character} brother"})
    assert answer.status_code == 422
    assert "The reason must not contain" in text(answer)
    assert unchanged(case)


def test_bytes_that_are_half_a_character_are_named(client: Client, case: Case) -> None:
    body = b"restricted_reason=%ED%A0%80&online_acts=yes"
    answer = client.post(page(case), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert "could not be read" in text(answer)
    assert unchanged(case)


def test_nul_in_an_address_is_400(client: Client) -> None:
    for address in ("/acts/clocks/?kind=%00", "/acts/clocks/?kind=a%00b", "/acts/%00/"):
        answer = client.get(address)
        assert answer.status_code == 400, address
        assert "cannot be read" in text(answer)


def test_a_field_of_10_mb_is_413_and_says_what_to_do(client: Client, case: Case) -> None:
    body = f"online_acts=yes&restricted_reason={'x' * 10_000_000}"
    answer = client.post(page(case), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "nothing was saved. Go back and shorten it" in text(answer)
    assert unchanged(case)


def test_a_bug_is_a_plain_500_page(officer: User) -> None:
    browser = Client(raise_request_exception=False)
    browser.force_login(officer)
    answer = browser.get("/acts/broken/")
    assert answer.status_code == 500
    assert "a bug" not in text(answer)


def test_a_database_that_is_gone_is_503_with_a_phone_number(
    client: Client, django_assert_num_queries: Any
) -> None:
    browser = Client(raise_request_exception=False)
    answer = browser.get("/acts/gone/")
    assert answer.status_code == 503
    assert "cannot reach its database" in text(answer)
    assert escape(settings.HELP_PHONE) in text(answer)
    with django_assert_num_queries(0):
        server_error(RequestFactory().get("/"))
    assert server_error(RequestFactory().get("/api/")).headers["Content-Type"] == (
        "application/problem+json"
    )


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("127.0.0.1", "SPO Cases"),
        (settings.ADVOCATES_HOST, "Client updates"),
        ("elsewhere.invalid", "This service"),
    ],
)
def test_a_page_of_what_is_broken_has_the_name_of_its_site(host: str, name: str) -> None:
    page = text(server_error(RequestFactory().get("/", headers={"host": host})))
    assert f"<title>Something is wrong – {name}</title>" in page
    assert ("SPO Cases" in page) is (name == "SPO Cases")


def test_an_error_in_the_form_does_not_make_a_stale_page_fresh(client: Client, case: Case) -> None:
    mine = hidden(text(client.get(page(case))))
    client.post(page(case), TYPED | {"restricted_reason": "Theirs", "version": "1"})
    wrong = client.post(page(case), mine | {"restricted_reason": "Mine"})
    assert wrong.status_code == 422
    assert hidden(text(wrong))["version"] == "1"
    answer = client.post(page(case), hidden(text(wrong)) | TYPED | {"restricted_reason": "Mine"})
    assert answer.status_code == 409
    assert Case.objects.get(pk=case.pk).restricted_reason == "Theirs"


def test_an_error_in_the_form_gives_no_version_to_who_sent_none(client: Client, case: Case) -> None:
    wrong = client.post(page(case), {"restricted_reason": "Mine"})
    assert wrong.status_code == 422
    assert "version" not in hidden(text(wrong))
    answer = client.post(page(case), hidden(text(wrong)) | TYPED | {"restricted_reason": "Mine"})
    assert answer.status_code == 409
    assert 'data-label="You typed">Mine<' in text(answer)
    assert unchanged(case)


def test_a_submit_without_its_version_overwrites_nothing(client: Client, case: Case) -> None:
    answer = client.post(page(case), TYPED)
    assert answer.status_code == 409
    assert unchanged(case)
    again = client.post(page(case), hidden(text(answer)) | TYPED)
    assert again.status_code == 302


def test_an_act_that_shows_nothing_of_the_record_is_asked_for_its_version_too(
    client: Client, case: Case
) -> None:
    data = as_data(acts.CloseForm(), {"closed_at": clock.now()})
    answer = client.post(page(case, "close"), data)
    assert answer.status_code == 409
    assert Case.objects.get(pk=case.pk).status == Case.Status.REQUEST
    assert client.post(page(case, "close"), hidden(text(answer)) | data.dict()).status_code == 302


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 5000, "\0", "²"])
def test_a_version_that_is_none_overwrites_nothing_and_loses_nothing(
    client: Client, case: Case, version: str
) -> None:
    mine = {"restricted_reason": "Mine, with a version that is none", "version": version}
    answer = client.post(page(case), TYPED | mine)
    assert answer.status_code == 409
    assert unchanged(case)
    assert "Mine, with a version that is none" in text(answer)
    again = hidden(text(answer)) | TYPED | {"restricted_reason": "Mine"}
    assert client.post(page(case), again).status_code == 302


def test_an_opening_on_nothing_makes_a_case(client: Client) -> None:
    answer = client.post("/acts/record-person/", {"family_name": "Exampleby"})
    made = Case.objects.get()
    assert answer["Location"] == f"/acts/case/{made.pk}/"


def test_marks_and_counts_of_rooms_stand_in_the_frame(
    client: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame, "_marks", [lambda case: [frame.Mark("Not served", "red")]])
    monkeypatch.setattr(frame, "_alerts", [lambda: frame.Line("Alerts have stopped", warns=True)])
    html = text(client.get(f"/acts/case/{case.pk}/"))
    assert '<strong class="govuk-tag govuk-tag--red">' in html
    assert re.search(r'class="app-alarm".*Alerts have stopped', html, re.DOTALL)


def test_the_pages_scripts_carry_the_nonce_of_their_policy(client: Client, case: Case) -> None:
    answer = client.get(f"/acts/case/{case.pk}/")
    nonce = re.search(r"'nonce-([^']+)'", answer["Content-Security-Policy"])
    assert nonce
    assert f'<script nonce="{nonce[1]}">' in text(answer)
    assert "style=" not in text(answer)


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("casework.tests.acts")
def test_two_identical_submits_at_once_are_one_act(officer: User, case: Case) -> None:
    url = f"/acts/cases/{case.pk}/add-party/"
    sent = {"family_name": "Samplewell", "role": "victim", "once": "token-at-once"}
    answers: list[tuple[int, str]] = []
    gate = threading.Barrier(4)

    def submit() -> None:
        browser = Client()
        browser.force_login(officer)
        gate.wait()
        answer = browser.post(url, sent)
        answers.append((answer.status_code, answer.get("Location", "")))
        connection.close()

    threads = [threading.Thread(target=submit) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [(302, f"/acts/case/{case.pk}/")] * 4
    assert Party.objects.filter(case=case).count() == 1
