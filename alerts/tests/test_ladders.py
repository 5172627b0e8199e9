from datetime import timedelta

import pytest

from accounts.roles import Role
from alerts import ladders
from alerts.ladders import CLOCKS, IMMEDIATE, OTHERWISE, UNTIL_SOMEBODY_TAKES_IT, Rung

ALL = [*CLOCKS.items(), *IMMEDIATE.items(), ("otherwise", OTHERWISE)]
WORDS = {ladders.OFFICER, ladders.LINE_MANAGER, ladders.OWNER, ladders.INBOX}
WORDS |= {f"role:{role}" for role in Role}


@pytest.mark.parametrize(("kind", "ladder"), ALL)
def test_each_rung_has_a_name_of_its_own_and_stands_in_order(kind, ladder):
    assert len({rung.name for rung in ladder}) == len(ladder)
    assert [rung.after for rung in ladder] == sorted(rung.after for rung in ladder)


@pytest.mark.parametrize(("kind", "ladder"), ALL)
def test_each_word_means_somebody(kind, ladder):
    said = {choice for rung in ladder for word in rung.to for choice in word.split("|")}
    assert said <= WORDS
    assert all(rung.to for rung in ladder)
    assert all(len(",".join(rung.to)) + 60 <= 200 for rung in ladder)  # the column, owner spelt out


@pytest.mark.parametrize(("kind", "ladder"), IMMEDIATE.items())
def test_news_is_told_at_once(kind, ladder):
    assert ladder[0].after == timedelta()


@pytest.mark.parametrize(("kind", "ladder"), ALL)
def test_what_needs_an_answer_is_told_until_there_is_one(kind, ladder):
    """Only the top comes again, at an interval that the table says."""
    assert all(rung.every is None for rung in ladder[:-1])
    if any(rung.acknowledge for rung in ladder):
        assert ladder[-1].acknowledge
        assert timedelta(minutes=15) <= ladder[-1].every <= timedelta(days=1)
    else:
        assert ladder[-1].every is None


def test_news_without_a_ladder_that_somebody_wants_answered_has_one():
    for kind in ("document_blocked", "something_new", "breach_reported"):
        assert ladders.until_answered(kind)[-1].every


def test_a_breach_report_has_a_clock_behind_its_alert():
    (backstop,) = CLOCKS["acknowledge_breach"]
    assert backstop.after > timedelta(), "after the report's own ladder has begun to climb"
    assert set(backstop.to) == {ladders.LEADS, ladders.AUTHORISERS, ladders.INBOX}


def test_a_breach_climbs_every_quarter_of_an_hour():
    after = [rung.after for rung in UNTIL_SOMEBODY_TAKES_IT]
    steps = {b - a for a, b in zip(after, after[1:], strict=False) if b <= timedelta(hours=4)}
    assert steps == {timedelta(minutes=15)}
    assert all(rung.acknowledge for rung in UNTIL_SOMEBODY_TAKES_IT)


def test_a_kind_that_nobody_thought_of_has_a_ladder():
    assert ladders.of_clock("something_new") is OTHERWISE
    assert ladders.of_news("something_new")


def test_a_rung_keeps_its_name_when_another_is_put_before_it():
    assert Rung(timedelta(days=-1), "due", ("officer",)).name == "due:-1440"
