"""The doorbell costs a request nothing, whether or not anybody hears it."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from django.db import transaction

from alerts import bell, tasks
from alerts.tests.factories import breach, case


@pytest.fixture(autouse=True)
def _own_bell(monkeypatch):
    monkeypatch.setattr(bell, "_bell", [])


@pytest.fixture
def rung(monkeypatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(bell, "_ringer", [heard.append])
    return heard


def wait_for(heard: list[str], count: int) -> None:
    until = time.monotonic() + 5
    while len(heard) < count and time.monotonic() < until:
        time.sleep(0.01)


@pytest.mark.django_db(transaction=True)
def test_nobody_is_rung_before_the_fact_is_committed(rung):
    of = case()
    with transaction.atomic():
        alert = breach(of)
        time.sleep(0.05)
        assert rung == []
    wait_for(rung, 1)
    assert rung == [str(alert.pk)]


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_is_not_rung(rung):
    of = case()
    with transaction.atomic():
        breach(of)
        transaction.set_rollback(True)
    time.sleep(0.05)
    assert rung == []


@pytest.fixture
def black_hole() -> Iterator[str]:
    """A broker that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.mark.parametrize("broker", ["gone", "silent"])
def test_a_ring_costs_nothing_with_the_broker_gone_for_good(broker, black_hole, monkeypatch):
    url = "redis://127.0.0.1:9/0" if broker == "gone" else black_hole
    app, tried = tasks.deliver.app, threading.Event()

    def ring(what: str) -> None:
        try:
            app.connection(url, connect_timeout=1).connect()
        finally:
            tried.set()

    longest = 0.0
    for number in range(50):
        begun = time.perf_counter()
        bell._pull(ring, str(number))
        longest = max(longest, time.perf_counter() - begun)
    assert longest < 0.05
    assert tried.wait(30)


def test_a_broker_that_is_gone_is_left_alone_for_a_while(monkeypatch):
    tried = []

    def ring(what: str) -> None:
        tried.append(what)
        raise OSError("gone")

    bell._pull(ring, "1")
    wait_for(tried, 1)
    time.sleep(0.05)
    for number in range(20):
        bell._pull(ring, str(number))
    time.sleep(0.05)
    assert tried == ["1"]
    monkeypatch.setattr(bell._bell[0], "broken_until", 0.0)
    bell._pull(ring, "again")
    wait_for(tried, 2)
    assert tried == ["1", "again"]


def test_rings_that_nobody_takes_are_dropped():
    gate = threading.Event()
    for number in range(500):
        bell._pull(lambda what: gate.wait(5), str(number))
    assert bell._bell[0].waiting.qsize() <= 100
    gate.set()
