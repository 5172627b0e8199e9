"""Who is told is decided when the rung fires, by the case and the force as they are then."""

import pytest
from django.db import transaction

from accounts.models import Force, Grant
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts import actions, addressing, queries, sweep
from alerts.ladders import EMPTY, NOBODY
from alerts.models import Alert, Message
from alerts.tests.factories import DAY, HOUR, breach, case, deadline, later, lead, officer
from casework.actions import let_in, stop_clock

pytestmark = pytest.mark.django_db


def told(alert: Alert) -> set[str]:
    """User names (or the inbox's address) that were told."""
    return {m.user.username if m.user else m.address for m in alert.messages.all()}


def news(of, *to, **more) -> Alert:
    alert = actions.raise_alert(
        "request_decided",
        case=of,
        key="k:1",
        path="",
        text="Look",
        by=officer(),
        recipients=to,
        **more,
    )
    addressing.run()
    alert.refresh_from_db()
    return alert


def test_a_breach_goes_to_the_officer_the_inbox_and_the_lead_at_once():
    lead()
    alert = breach(case())
    addressing.run()
    assert told(alert) == {"dc.mockley", "di.sampleford", "duty.ts@police.invalid"}


def test_each_person_has_it_in_the_app_and_by_email():
    alert = news(case(), "officer")
    assert set(alert.messages.values_list("channel", "state", "address")) == {
        ("in_app", "sent", ""),
        ("email", "queued", "dc.mockley@police.invalid"),
    }


def test_a_text_message_goes_where_an_answer_is_needed(notify):
    officer(phone="07700 900123")
    alert = news(case(), "officer", needs_acknowledgement=True)
    assert alert.messages.get(channel="notify").address == "07700 900123"


def test_people_are_those_of_now_and_not_of_the_raising():
    of = case()
    alert = actions.raise_alert(
        "request_decided", case=of, key="k", path="", text="Look", by=officer()
    )
    of.officer = accounts.user(Role.OFFICER, username="dc.mocktree")
    with transaction.atomic():
        of.save()
    addressing.run()
    assert told(alert) == {"dc.mocktree"}


def test_the_line_manager_of_the_officer():
    sergeant = accounts.user(Role.OFFICER, username="ds.fictional")
    alert = news(case(officer=officer(line_manager=sergeant)), "line_manager")
    assert told(alert) == {"ds.fictional"}


def test_one_named_person():
    somebody = accounts.user(Role.OFFICER, username="dc.named")
    assert told(news(case(), f"user:{somebody.pk}")) == {"dc.named"}


def test_a_role_means_everybody_in_it_who_is_active_and_of_this_force():
    accounts.user(Role.STALKING_LEAD, username="di.one")
    accounts.user(Role.STALKING_LEAD, username="di.gone", is_active=False)
    accounts.user(Role.STALKING_LEAD, username="di.other", of=accounts.other_force())
    assert told(news(case(), "role:stalking_lead")) == {"di.one"}


def test_nobody_is_told_of_a_case_that_is_not_open_to_them():
    lead()
    alert = breach(case(restricted=True))
    addressing.run()
    alert.refresh_from_db()
    assert told(alert) == set()
    assert alert.nobody


def test_those_named_on_a_restricted_case_are_told():
    of = case(restricted=True)
    with transaction.atomic():
        let_in(of.pk, officer(), basis=Grant.Basis.NAMED, by=lead())
    alert = breach(of)
    addressing.run()
    alert.refresh_from_db()
    assert told(alert) == {"dc.mockley"}
    assert alert.missing == "inbox,role:stalking_lead"
    assert not alert.nobody


def test_an_officer_who_left_the_force_is_not_told():
    of = case()
    of.officer = accounts.user(Role.OFFICER, of=accounts.other_force())
    with transaction.atomic():
        of.save()
    assert news(of, "officer").nobody


def test_a_rung_with_nobody_on_it_is_an_alarm():
    lead()
    of = case(officer=officer(is_active=False))
    alert = news(of, "officer")
    assert (alert.nobody, alert.missing) == (True, "officer")
    alarm = Alert.objects.get(kind=NOBODY)
    addressing.run()
    assert told(alarm) == {"di.sampleford", "duty.ts@police.invalid"}
    assert alarm.needs_acknowledgement
    assert alarm.thread == alert.thread


def test_an_empty_place_on_a_rung_is_an_alarm_of_its_own_though_others_were_told(client):
    alert = breach(case())
    with transaction.atomic():
        addressing.run()
        sweep.run(later(minutes=16))
        addressing.run()
    rung = Alert.objects.get(thread=alert.thread, rung=1)
    assert rung.nobody  # no line manager and no lead: the alarm of a whole rung
    di = lead()
    other = breach(case())
    with transaction.atomic():
        addressing.run()
        sweep.run(later(minutes=31))
        addressing.run()
        addressing.run()
    rung = Alert.objects.get(thread=other.thread, rung=1)
    assert (rung.nobody, rung.missing) == (False, "line_manager")
    alarm = Alert.objects.get(kind=EMPTY, thread__contains=other.thread, title__contains="manager")
    assert told(alarm) == {"di.sampleford"}
    assert alarm.thread != other.thread  # taking it leaves the report to be taken
    client.force_login(di)
    page = " ".join(client.get("/alerts/").content.decode().split())
    assert "No line manager of the officer in the case could be told of an alert: name one" in page


def test_a_clock_that_a_role_holds_which_nobody_has_is_an_alarm_though_others_are_told():
    """The officer hears of it, and thinks that force legal has it."""
    di, of, end = lead(), case(), later(hours=-1)
    deadline(of, "result_hearing", due_at=end, owner=Role.LEGAL)
    sweep.run(end + DAY)
    addressing.run()
    addressing.run()
    rung = Alert.objects.get(kind="result_hearing", rung=0)
    assert (rung.nobody, rung.missing, rung.needs_acknowledgement) == (False, "role:legal", False)
    [alarm] = Alert.objects.filter(kind=EMPTY)
    assert alarm.title == "No force legal could be told of an alert: name one"
    assert told(alarm) == {di.username}
    assert addressing.filled([alarm]) == set()
    assert alarm in queries.needing(di, most=6)
    accounts.user(Role.LEGAL)
    assert addressing.filled([alarm]) == {alarm.pk}
    assert alarm not in queries.needing(di, most=6)


def test_of_a_clock_whose_role_is_there_no_empty_place_is_an_alarm():
    end = later(hours=-1)
    deadline(case(), "result_hearing", due_at=end, owner=Role.OFFENDER_MANAGER)
    sweep.run(end)
    addressing.run()
    assert Alert.objects.get(kind="result_hearing").missing == "role:legal"
    assert not Alert.objects.filter(kind=EMPTY).exists()


def test_who_is_next_is_not_said_to_be_told_where_nobody_is_there():
    alert = breach(case())
    with transaction.atomic():
        Force.objects.filter(pk=alert.force_id).update(duty_inbox="")
    sweep.run(alert.due_at + 31 * HOUR / 60)
    addressing.run()
    assert queries.story(alert)[-1].who == (
        "Duty inbox (nobody), Stalking lead (nobody), Authorising officer (nobody)"
    )
    lead()
    assert "Stalking lead, " in queries.story(alert)[-1].who


def test_an_empty_place_is_told_to_the_duty_inbox_where_nobody_leads():
    somebody = accounts.user(Role.OFFICER, username="dc.named")
    of = case(officer=officer(is_active=False))
    news(of, "officer", f"user:{somebody.pk}", needs_acknowledgement=True)
    addressing.run()
    [alarm] = Alert.objects.filter(kind=EMPTY)
    assert told(alarm) == {"duty.ts@police.invalid"}
    assert not Alert.objects.filter(kind=NOBODY).exists()


def test_the_alarm_goes_up_where_there_is_no_stalking_lead():
    accounts.user(Role.AUTHORISING_OFFICER, username="supt.exemplar")
    news(case(officer=officer(is_active=False)), "officer")
    addressing.run()
    assert told(Alert.objects.get(kind=NOBODY)) == {"supt.exemplar", "duty.ts@police.invalid"}


def test_professional_standards_hear_the_alarm_of_a_restricted_case():
    lead()
    accounts.user(Role.PROFESSIONAL_STANDARDS, username="psd")
    alert = breach(case(restricted=True))
    addressing.run()
    addressing.run()
    assert told(alert) == set()
    assert told(Alert.objects.get(kind=NOBODY)) == {"psd"}


def test_an_inbox_that_nobody_may_read_tells_nobody():
    """No email and no phone: it lies in the application, and that is not told."""
    lead()
    alert = news(case(officer=officer(email="")), "officer")
    assert set(alert.messages.values_list("channel", flat=True)) == {"in_app"}
    assert (alert.nobody, alert.missing) == (True, "officer")
    assert Alert.objects.get(kind=NOBODY).thread == alert.thread
    (line, *_) = queries.story(alert)
    assert (line.outcome, line.mark) == ("not reached", "bad")


def test_the_second_choice_is_told_where_the_first_cannot_be_reached():
    lead(email="")
    superintendent = accounts.user(Role.AUTHORISING_OFFICER, username="supt.exemplar")
    alert = news(case(), "role:stalking_lead|role:authorising_officer")
    assert told(alert) == {superintendent.username}
    assert not alert.nobody


def test_one_who_can_be_reached_is_enough_and_who_cannot_is_named():
    alert = news(case(officer=officer(email="")), "officer", "inbox")
    assert (alert.nobody, alert.missing) == (False, "officer")
    assert not Alert.objects.filter(kind=NOBODY).exists()


def test_an_alarm_with_nobody_on_it_raises_none_but_comes_again():
    with transaction.atomic():
        Force.objects.filter(pk=accounts.force().pk).update(duty_inbox="")
    news(case(officer=officer(is_active=False)), "officer")
    for _ in range(3):
        addressing.run()
    alarm = Alert.objects.get(kind=NOBODY)
    assert alarm.nobody
    assert Alert.objects.count() == 2
    assert queries.unreached() == 1
    lead()
    assert sweep.run(alarm.due_at + 3 * HOUR) == 0
    assert sweep.run(alarm.due_at + 4 * HOUR) == 1
    addressing.run()
    repeated = Alert.objects.get(kind=NOBODY, rung=1)
    assert (told(repeated), repeated.thread) == ({"di.sampleford"}, alarm.thread)
    assert queries.unreached() == 0
    actions.acknowledge(repeated, by=lead())
    assert sweep.run(alarm.due_at + 9 * DAY) == 0


def test_of_many_alarms_about_one_thing_one_comes_again():
    alert = breach(case(officer=officer(is_active=False)))
    with transaction.atomic():
        Force.objects.filter(pk=accounts.force().pk).update(duty_inbox="")
    for hours in range(4):
        sweep.run(alert.due_at + hours * HOUR)
        addressing.run()
        addressing.run()
    assert Alert.objects.filter(kind=NOBODY, rung=0).count() > 3
    before = Alert.objects.filter(kind=NOBODY).exclude(rung=0).count()
    sweep.run(alert.due_at + 40 * HOUR)
    assert Alert.objects.filter(kind=NOBODY).exclude(rung=0).count() == before + 1


def test_an_alarm_about_a_clock_ends_with_it():
    of, end = case(officer=officer(is_active=False)), later(hours=-1)
    deadline(of, "lodge", due_at=end)
    sweep.run(end)
    addressing.run()
    alarm = Alert.objects.filter(kind=NOBODY).latest("due_at")
    assert sweep.run(alarm.due_at + 5 * HOUR) >= 1
    with transaction.atomic():
        stop_clock(of, "lodge", about=of.pk, by=lead())
    assert sweep.run(alarm.due_at + 30 * HOUR) == 0
    assert queries.unreached() == 0


def test_an_unknown_word_means_nobody_and_blocks_no_other():
    of = case()
    strange = news(of, "the_milkman")
    assert strange.nobody
    other = breach(of)
    addressing.run()
    assert told(other)


def test_what_was_answered_before_anybody_was_told_is_not_told_any_more():
    alert = breach(case())
    actions.answer(alert.thread, by=lead())
    addressing.run()
    alert.refresh_from_db()
    assert alert.addressed_at
    assert not alert.nobody
    assert told(alert) == set()


def test_what_was_done_before_anybody_was_told_is_not_told_any_more():
    of = case()
    deadline(of, due_at=later(hours=1))
    sweep.run()
    with transaction.atomic():
        stop_clock(of, "serve_order", about=of.pk, by=officer())
    addressing.run()
    assert not Message.objects.exists()


def test_what_was_moved_before_anybody_was_told_is_not_told_any_more():
    of = case()
    deadline(of, due_at=later(hours=1))
    sweep.run()
    deadline(of, due_at=later(days=9))
    addressing.run()
    assert not Message.objects.exists()


def test_missed_rungs_come_as_one_message_to_each_person():
    lead()
    end = later(days=-9)
    deadline(case(), due_at=end)
    assert sweep.run() == 3
    addressing.run()
    mail = Message.objects.filter(channel="email").values_list("user__username", "alert__rung")
    assert sorted(mail) == [("dc.mockley", 1), ("di.sampleford", 2)]


def test_addressing_twice_tells_nobody_twice():
    deadline(case(), due_at=later(hours=1))
    sweep.run()
    assert addressing.run() == 1
    before = Message.objects.count()
    assert addressing.run() == 0
    with transaction.atomic():
        Alert.objects.update(addressed_at=None)  # as after a restore
    assert addressing.run() == 1
    assert Message.objects.count() == before > 0


def test_many_alerts_cost_a_few_questions(django_assert_max_num_queries):
    of = case()
    for kind in ("serve_order", "lodge", "authorise", "decide_failure", "order_ends"):
        deadline(of, kind, due_at=later(days=-2))
    assert sweep.run(later() + DAY) > 10
    with django_assert_max_num_queries(25):
        addressing.run()
