"""Nothing is lost, nothing is taken twice, and nothing waits for another: with providers that fail."""

import threading
import time
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from alerts import addressing, delivery, ladders, queries, turn
from alerts.delivery import Claimed
from alerts.ladders import FAILED
from alerts.models import Alert, Message
from alerts.tests.factories import breach, case, later, lead, message, officer
from alerts.transports import Rejected
from alerts.transports.mail import compose
from audit.actor import acting_as

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def mail(db) -> Message:
    return message(case())


@pytest.fixture
def text(db, notify) -> Message:
    officer(phone="07700 900123")
    return message(case(), channel="notify")


def change(row: Message, **values) -> None:
    """What time, or a killed process, does to a row."""
    with transaction.atomic():
        Message.objects.filter(pk=row.pk).update(**values)


def now_again(row: Message) -> None:
    change(row, due_at=later(seconds=-1))
    delivery.deliver_due()
    row.refresh_from_db()


def deliver(row: Message) -> None:
    delivery.deliver_due()
    row.refresh_from_db()


def wait_of(row: Message) -> int:
    """Seconds until it is tried again."""
    return round((row.due_at - later()).total_seconds())


def test_a_message_leaves_with_a_reference_and_a_link_and_nothing_else(mail, outbox, settings):
    deliver(mail)
    (file,) = outbox.iterdir()
    sent = message_from_bytes(file.read_bytes())
    reference = mail.alert.case.reference
    assert (mail.state, mail.attempts, mail.error) == ("sent", 1, "")
    assert sent["To"] == mail.address
    assert sent["Subject"] == f"{reference}: somebody must answer now"
    assert sent.get_payload() == (
        f"{reference}: somebody must answer now. Sign in to see it: "
        f"{settings.SITE_URL}/alerts/{mail.alert_id}/\n"
    )


@pytest.mark.parametrize("kind", ladders.ACCOUNTS)
@pytest.mark.parametrize("again", [False, True])
def test_every_wording_travels_on_one_line_as_it_stands(mail, settings, kind, again):
    """The words about an account too: they have no case to take a reference from."""
    mail.alert.case, mail.alert.kind = None, kind
    letter = Claimed.of(mail).letter(again=again)
    sent = message_from_bytes(compose(letter, settings.EMAIL_FROM).as_bytes())
    assert letter.body.isascii()
    assert sent.get_payload() == f"{letter.body}\n"


def test_a_text_beyond_ascii_travels_too(mail, settings):
    letter = replace(Claimed.of(mail).letter(again=False), subject="Ŵ 1", body="Siân’s words")
    sent = message_from_bytes(compose(letter, settings.EMAIL_FROM).as_bytes(), policy=default)
    assert (sent["Subject"], sent.get_content()) == ("Ŵ 1", "Siân’s words\n")


@pytest.mark.parametrize("fact", [{"to": "a@b.invalid\nBcc: c@d.invalid"}, {"body": "\ud800"}])
def test_what_cannot_be_written_down_is_told_to_a_person_at_once(mail, settings, fact):
    with pytest.raises(Rejected, match="cannot be written"):
        compose(replace(Claimed.of(mail).letter(again=False), **fact), settings.EMAIL_FROM)


def test_no_name_leaves_the_building(mail, outbox):
    deliver(mail)
    (file,) = outbox.iterdir()
    everything = file.name + file.read_text()
    for fact in ("Testwood", "Martin", "breach", "stalking", "Breach"):
        assert fact not in everything.replace("duty.ts@police.invalid", "")


def test_delivering_twice_sends_once(text, notify):
    deliver(text)
    assert delivery.deliver_due() == 0
    assert list(notify.taken.values()) == [1]


def test_what_is_not_due_yet_waits(mail):
    change(mail, due_at=later(seconds=20))
    assert delivery.deliver_due() == 0


def test_what_was_sent_can_never_be_anything_else(mail):
    deliver(mail)
    with pytest.raises(DatabaseError, match="it cannot be anything else"), transaction.atomic():
        Message.objects.filter(pk=mail.pk).update(state="queued", sent_at=None)


def test_a_claimed_message_is_nobody_elses_until_the_lease_ends(mail):
    (mine,) = delivery.claim("email", limit=8)
    assert delivery.claim("email", limit=8) == []
    mail.refresh_from_db()
    assert mail.state == "sending"
    assert 13 <= wait_of(mail) <= 15
    assert not mine.doubtful


# A process that was killed between the claim and the outcome


def test_a_killed_sender_whose_text_had_arrived_is_found_by_reference(text, notify):
    delivery.claim("notify", limit=8)
    notify.taken[text.key] += 1  # it had left; then the sender was killed
    now_again(text)
    assert (text.state, text.provider_ref) == ("sent", f"known-{text.key}")
    assert notify.asked == [text.key]
    assert notify.taken[text.key] == 1
    assert not text.possibly_twice


def test_a_killed_sender_whose_text_had_not_arrived_sends_it_again(text, notify):
    delivery.claim("notify", limit=8)
    now_again(text)
    assert (text.state, notify.taken[text.key]) == ("sent", 1)
    assert notify.asked == [text.key]


def test_a_killed_sender_of_mail_sends_again_and_says_so(mail, smtp):
    delivery.claim("email", limit=8)
    now_again(mail)
    assert (mail.state, mail.possibly_twice) == ("sent", True)
    (sent,) = smtp.taken
    assert "You may have had this message before" in sent.get_payload()


def test_a_killed_writer_of_files_writes_the_same_file(mail, outbox):
    (claimed,) = delivery.claim("email", limit=8)
    delivery.send(claimed)  # ... and killed before the outcome is written
    now_again(mail)
    assert (mail.state, len(list(outbox.iterdir()))) == ("sent", 1)
    assert not mail.possibly_twice


def test_an_outcome_after_the_lease_changes_nothing(mail):
    (slow,) = delivery.claim("email", limit=8)
    change(mail, due_at=later(seconds=-1))
    (second,) = delivery.claim("email", limit=8)
    assert second.doubtful
    delivery.record_failure(slow, OSError("at last"))
    delivery.record_sent({slow: delivery.Taken("at last")})
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == ("sending", 2, "")


# Providers that fail


def test_accepted_and_then_dropped_is_sent_once(text, notify):
    notify.script.append("drop")
    deliver(text)
    assert text.state == "ambiguous"
    now_again(text)
    assert (text.state, notify.taken[text.key]) == ("sent", 1)


def test_mail_that_was_taken_without_a_word_goes_again_with_the_same_id(mail, smtp):
    smtp.script.append("drop")
    deliver(mail)
    assert mail.state == "ambiguous"
    now_again(mail)
    first, second = smtp.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert (mail.state, mail.possibly_twice) == ("sent", True)


def test_an_error_of_the_provider_is_asked_after_and_then_sent(text, notify):
    notify.script.append("500")
    deliver(text)
    assert (text.state, text.error[:3]) == ("ambiguous", "500")
    now_again(text)
    assert text.state == "sent"


def test_too_many_requests_waits_as_long_as_it_was_asked_to(text, notify):
    notify.script.append("429")
    deliver(text)
    assert (text.state, text.error[:3]) == ("queued", "429")
    assert 23 <= wait_of(text) <= 25


def test_a_provider_that_is_not_there_is_tried_again(text, notify):
    notify.close()
    deliver(text)
    assert text.state == "ambiguous"
    assert 8 <= wait_of(text) <= 10


def test_a_mail_server_that_is_not_there_is_tried_again(mail, settings):
    settings.EMAIL_URL = "smtp://127.0.0.1:9"
    deliver(mail)
    assert (mail.state, wait_of(mail) in range(8, 11)) == ("queued", True)


def test_a_message_that_is_refused_for_ever_is_told_to_a_person(mail, smtp):
    lead()
    smtp.script.append("rcpt 550")
    deliver(mail)
    assert (mail.state, mail.error) == ("failed", "550 no")
    alarm = Alert.objects.get(kind=FAILED)
    addressing.run()
    assert alarm.messages.filter(user__username="di.sampleford").exists()


def test_a_rung_whose_every_message_was_refused_told_nobody(mail, smtp):
    lead()
    smtp.script.append("rcpt 550")
    deliver(mail)
    alert = Alert.objects.get(pk=mail.alert_id)
    assert alert.nobody
    alarm = Alert.objects.get(kind=FAILED, thread=alert.thread)
    assert alarm.title == "Nobody could be told: find somebody to act"
    outcomes = {line.outcome for line in queries.story(alert) if line.who == str(mail.user)}
    assert outcomes == {"not reached"}


def test_a_text_that_is_refused_for_ever_is_told_to_a_person(text, notify):
    notify.script.append("400")
    deliver(text)
    assert text.state == "failed"
    assert Alert.objects.filter(kind=FAILED).count() == 1


def test_an_alarm_that_cannot_be_sent_raises_no_alarm(mail, smtp):
    for _ in range(4):
        smtp.script.extend(["rcpt 550"] * 3)
        delivery.deliver_due()
        addressing.run()
    assert Alert.objects.filter(kind=FAILED, thread=mail.alert.thread).count() == 1


@pytest.mark.parametrize("answer", ["rcpt 451", "data 451"])
def test_a_passing_refusal_is_tried_again(mail, smtp, answer):
    smtp.script.append(answer)
    deliver(mail)
    assert (mail.state, mail.error) == ("queued", "451 no")
    now_again(mail)
    assert (mail.state, mail.possibly_twice) == ("sent", False)


def test_settings_that_are_wrong_are_tried_again(mail, settings):
    settings.EMAIL_URL = "carrier-pigeon://loft"
    deliver(mail)
    assert mail.state == "queued"
    assert "EMAIL_URL must begin with" in mail.error


# How long, and how often


@pytest.mark.parametrize(
    ("attempts", "minutes", "seconds"),
    [(1, 0, 10), (2, 0, 20), (3, 1, 30), (9, 5, 30), (40, 14.9, 30), (40, 15, 300), (80, 239, 300)],
)
def test_a_quarter_of_an_hour_of_eagerness_and_then_patience(attempts, minutes, seconds):
    waited = delivery.delay(attempts, timedelta(minutes=minutes), OSError())
    assert waited == timedelta(seconds=seconds)


def test_a_provider_cannot_ask_for_more_than_the_longest_wait():
    many = delivery.NotSent("429", wait=3600)
    assert delivery.delay(1, timedelta(), many) == timedelta(seconds=30)
    assert delivery.delay(99, timedelta(hours=1), many) == timedelta(minutes=5)


def test_after_four_hours_a_person_must_act(mail, settings):
    lead()
    settings.EMAIL_URL = "smtp://127.0.0.1:9"
    change(mail, created_at=later(hours=-4), due_at=later(seconds=-1))
    deliver(mail)
    assert mail.state == "failed"
    assert Alert.objects.filter(kind=FAILED).count() == 1


def test_the_first_success_makes_what_waits_due_at_once(mail, smtp):
    lead()
    breach(case())
    addressing.run()
    smtp.script.extend(["rcpt 451"] * 9)
    delivery.deliver_due()
    waiting = Message.objects.filter(channel="email", state="queued")
    assert waiting.filter(alert__kind="breach_reported").count() == 4
    assert not waiting.filter(due_at__lte=later()).exists()
    smtp.script.clear()
    now_again(mail)
    assert not waiting.exists()


def test_what_a_provider_found_too_many_is_not_woken(text, notify):
    breach(case())
    addressing.run()
    notify.script.extend(["500", "429"])
    delivery.deliver_due()
    change(Message.objects.get(error__startswith="500"), due_at=later(seconds=-1))
    delivery.deliver_due()
    assert Message.objects.filter(error__startswith="429", due_at__gt=later(seconds=15)).exists()


def test_a_clock_that_fell_back_does_not_hold_a_message(mail):
    change(mail, due_at=later(hours=3))
    deliver(mail)
    assert mail.state == "sent"


# Nobody waits for another


def test_a_provider_that_hangs_holds_up_no_other(text, notify, outbox, monkeypatch):
    monkeypatch.setattr("alerts.transports.notify.TO_SEND", (1, 4))
    notify.usual = "hang"
    of = case()
    for _ in range(10):
        breach(of)
    addressing.run()
    begun = time.monotonic()
    delivery.deliver_due(seconds=3)
    assert time.monotonic() - begun < 9
    mails = Message.objects.filter(channel="email")
    assert mails.filter(alert__kind="breach_reported").count() == 20
    assert len(list(outbox.iterdir())) == mails.count()  # all the mail has left


def test_mail_leaves_while_another_provider_is_waited_for(text, notify, outbox, monkeypatch):
    monkeypatch.setattr("alerts.transports.notify.TO_SEND", (1, 4))
    notify.usual = "hang"
    of, real, begun, late = text.alert.case, delivery.claim, time.monotonic(), []

    def claim(channel, *, limit):
        if not late and time.monotonic() > begun + 1.5:  # the stretch is over but for the text
            late.append(breach(of))
            addressing.run()
        return real(channel, limit=limit)

    monkeypatch.setattr(delivery, "claim", claim)
    delivery.deliver_due(seconds=0.5)
    assert set(late[0].messages.values_list("channel", "state")) >= {("email", "sent")}


def test_a_poisoned_message_holds_up_no_other(mail, outbox, monkeypatch):
    poison = breach(case())
    addressing.run()
    real = delivery.transport_for("email")

    class Poisoned:
        remembers = True
        found = real.found

        def send(self, letter):
            if str(poison.pk) in letter.body:
                raise ZeroDivisionError("a bug of ours")
            return real.send(letter)

    monkeypatch.setattr(delivery, "transport_for", lambda channel: Poisoned())
    delivery.deliver_due()
    mail.refresh_from_db()
    assert mail.state == "sent"
    assert {m.state for m in poison.messages.filter(channel="email")} == {"ambiguous"}


def test_a_stage_that_fails_does_not_keep_the_next_from_its_work(mail, monkeypatch):
    def broken(at):
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr("alerts.sweep.run", broken)
    done = turn.take("sweep")
    assert done["raised"] is None
    mail.refresh_from_db()
    assert mail.state == "sent"


@pytest.mark.django_db(transaction=True)
def test_many_senders_at_once_send_each_message_once(notify):
    officer(phone="07700 900123")
    of = case()
    for _ in range(30):
        breach(of)
    addressing.run()
    gate = threading.Barrier(4)

    def work() -> None:
        with acting_as("test:thread"):
            gate.wait()
            delivery.deliver_due(seconds=2)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(notify.taken.values()) == {1}
    assert len(notify.taken) == 30
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_nothing_is_sent_inside_a_transaction_nor_with_a_connection(mail, monkeypatch):
    seen = []

    class Watching:
        remembers = True

        def send(self, letter):
            seen.append((threading.current_thread().name, connection.connection))
            return ""

    monkeypatch.setattr(delivery, "transport_for", lambda channel: Watching())
    delivery.deliver_due()
    ((name, held),) = seen
    assert name.startswith("deliver")
    assert held is None


def test_a_file_is_whole_or_not_there(mail, outbox: Path, monkeypatch):
    def full(descriptor):
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", full)
    deliver(mail)
    assert mail.state == "ambiguous"
    assert not list(outbox.glob("*.eml"))
