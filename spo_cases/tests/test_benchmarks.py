"""The benchmarks' own sums: a wrong ratio would say that a slow page is fast."""

import pytest

from benchmarks import figures, pdf, servers
from benchmarks.figures import Figure

FAST = Figure("Page", "hello", (0.012, 0.010, 0.030), (0.001, 0.001, 0.002), 12)
SLOW = Figure("PDF", "bare", (0.4, 0.5, 0.6), (0.2, 0.2, 0.2), 1.25)


def test_a_ratio_is_of_the_same_round_and_the_median_of_all() -> None:
    assert [round(ratio) for ratio in FAST.ratios] == [12, 10, 15]
    assert round(FAST.ratio, 2) == 12.0
    assert FAST.met
    assert not SLOW.met


def test_the_table_has_a_line_for_each_figure() -> None:
    lines = figures.table([FAST, SLOW]).splitlines()
    assert len(lines) == 3
    assert "12.00x" in lines[1]
    assert "10.00 to 15.00" in lines[1]
    assert lines[1].endswith("met")
    assert lines[2].endswith("MISSED")


def test_the_page_is_a_table_with_its_notes() -> None:
    page = figures.page([FAST, SLOW], ["Seed: 10 cases"])
    assert "| Page | 12.0 ms | hello | 1.0 ms | 12.00x |" in page
    assert "Medians of 3 interleaved rounds" in page
    assert "- Seed: 10 cases" in page


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://app@/db?host=/run/pg",
        "postgresql://a:b@localhost/db",
        "postgresql://127.0.0.1/x",
    ],
)
def test_a_server_of_this_machine_is_measured(address: str) -> None:
    assert servers.refuse_far(address) == address


@pytest.mark.renders
def test_the_paper_is_measured_bare_made_and_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "WARM_UP", 0)
    monkeypatch.setattr(pdf, "SECRETS", pdf.SECRETS[:2])
    times, pages = pdf.measure(1)
    assert pages >= 2
    assert {name: len(taken) for name, taken in times.items()} == dict.fromkeys(times, 1)
    assert [*times] == ["bare", "ours", "with search"]


def test_a_server_elsewhere_is_not() -> None:
    with pytest.raises(SystemExit, match="give a server on this machine"):
        servers.refuse_far("postgresql://app@db.example/live")
