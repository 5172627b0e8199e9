"""The keeper over its socket: yes or no, the same as where the vault is read, and nothing when it is gone."""

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from jinja2 import Environment

from accounts.tests import factories as accounts
from casework import actions, masks
from casework.masks import KEPT
from casework.tests import factories as cases
from documents import asking, keeper, masking
from people.tests import factories as persons

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "12 Rose Lane, Testham, ZY1 1YZ"
TEXTS = ("He waited in Rose Lane.", "He waited at the school.", "", "zy1 1yz", "a\nb\u2028c")


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "keeper"
    listening = keeper.listen(path)
    serving = threading.Thread(target=keeper.serve, args=[listening], daemon=True)
    serving.start()
    yield path
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    serving.join(10)
    assert not serving.is_alive()


@pytest.fixture
def case() -> Any:
    officer = accounts.user()
    with transaction.atomic():
        case = cases.case(officer=officer)
        actions.add_party(case, persons.person(officer), role="both")
        persons.confidential(case.parties.get().person, officer, text=HOME)
    return case


def test_the_keeper_says_what_who_reads_the_vault_would_see(at: Path, case: Any) -> None:
    reader = masking.words_of_each(None, [case.pk])[case.pk]
    asked = asking.Asked(str(at), [case.pk])
    assert [asked(text) for text in TEXTS] == [reader(text) for text in TEXTS]
    assert asked(TEXTS[0]) == KEPT
    own = [party.person_id for party in case.parties.all()]
    assert asking.Asked(str(at), [case.pk], own)(TEXTS[0]) == TEXTS[0], "her own are no secret"
    assert asking.answers(str(at))
    assert at.stat().st_mode & 0o077 == 0, "nobody else may ask"


def test_where_nobody_answers_nothing_is_shown(tmp_path: Path, case: Any) -> None:
    asked = asking.Asked(str(tmp_path / "nobody"), [case.pk])
    for _ in range(2):
        with pytest.raises(masks.Undecided):
            asked(TEXTS[0])
    with pytest.raises(masks.Undecided):
        asked.decide(asked.later(TEXTS[0]))
    assert not asking.answers(str(tmp_path / "nobody"))


@pytest.mark.parametrize("said", [b"no json\n", b'{"cases": ["x"], "own": []}\n', b"[]\n", b"\n"])
def test_who_asks_something_else_hears_nothing_and_stops_nobody(at: Path, said: bytes) -> None:
    for _ in range(keeper.AT_ONCE + 1):
        with socket.socket(socket.AF_UNIX) as calling:
            calling.settimeout(10)
            calling.connect(str(at))
            calling.sendall(said)
            assert calling.recv(10) == b""
    assert asking.answers(str(at))


def test_the_answer_is_one_of_two_words(at: Path, case: Any) -> None:
    with socket.socket(socket.AF_UNIX) as calling, calling.makefile("rwb") as line:
        calling.settimeout(10)
        calling.connect(str(at))
        for said, answer in (
            ({"cases": [str(case.pk)], "own": []}, b"free\n"),
            (TEXTS, b"held free free held free\n"),
            (TEXTS[:1], b"held\n"),
        ):
            line.write(json.dumps(said).encode() + b"\n")
            line.flush()
            assert line.readline() == answer


def test_a_page_is_asked_about_once_when_it_is_printed(at: Path, case: Any) -> None:
    asked = asking.Asked(str(at), [case.pk])
    page = Environment(autoescape=True, finalize=masks.finalize).from_string(PAGE)
    told = {"texts": ["He waited in Rose Lane.", "<b>&</b>", "\x020\x03", "", "<b>&</b>"]}
    with masks.reading(asked):
        html = page.render(told)
        assert "Rose" not in html, "nothing is shown before it is decided"
        assert asked.line is None
        html = masks.settled(asked, html)
    bold, odd = "&lt;b&gt;&amp;&lt;/b&gt;", told["texts"][2]
    assert html == "".join(f"<p>{text}</p>" for text in (KEPT, bold, odd, "", bold))
    assert masks.settled(asked, "\x0299\x03") == "", "a sign that is nobody's"
    assert asked.line is not None


PAGE = "{% for text in texts %}<p>{{ text }}</p>{% endfor %}"
