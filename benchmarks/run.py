"""Everything that is measured, in one run. See benchmarks/README.md.

python benchmarks/run.py            10,000 and 200,000 cases
python benchmarks/run.py --quick    small, to see that it works
"""

import argparse
import importlib.util
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN_PYTHON = ROOT / ".venv" / "bin" / "python"
if importlib.util.find_spec("psycopg2") is None and OWN_PYTHON.exists():
    os.execv(OWN_PYTHON, [str(OWN_PYTHON), *sys.argv])  # noqa: S606 the same again, with packages
sys.path.insert(0, str(ROOT))

from benchmarks import figures  # noqa: E402
from benchmarks.figures import Figure  # noqa: E402
from benchmarks.servers import Bench, bench  # noqa: E402
from benchmarks.visitor import Visitor  # noqa: E402
from spo_cases.services.errors import CannotStart  # noqa: E402
from spo_cases.services.progress import Say, lines  # noqa: E402

LEAD, PASSWORD = "seed.lead.mp", "demonstration-only"
CASELOAD, HELLO = "/caseload/", "/hello/"
WARM_UP = 20


@dataclass(frozen=True)
class Sizes:
    """How much of each."""

    small: int = 10_000
    large: int = 200_000
    rounds: int = 7
    looks: int = 40
    sweep_cases: int = 200_000
    sweep_due: int = 10_000


QUICK = Sizes(small=500, large=2_000, rounds=5, looks=10, sweep_cases=5_000, sweep_due=500)


def main() -> int:
    asked = arguments()
    sizes = QUICK if asked.quick else Sizes(rounds=asked.rounds)
    say = lines(time.time())
    found: list[Figure] = []
    notes: list[str] = []
    try:
        with bench(say) as held:
            addresses = prepared(held, say, sizes, notes)
            found += pages(held, say, sizes, addresses)
            found += sweep(held, say, sizes, addresses[0])
            found.append(pdf(held, say, sizes, addresses[0]))
    except CannotStart as error:
        sys.stderr.write(f"Cannot start: {error}\n")
        return 2
    sys.stdout.write(f"\n{figures.table(found)}\n\n")
    sys.stdout.writelines(f"{note}\n" for note in [*notes, figures.circumstances()])
    if not asked.quick:
        (ROOT / "docs" / "benchmarks.md").write_text(figures.page(found, notes), encoding="utf-8")
    return 0 if all(figure.met for figure in found) else 1


def prepared(held: Bench, say: Say, sizes: Sizes, notes: list[str]) -> dict[int, str]:
    """Databases by how many cases they hold: none, few, many. The address of each."""
    empty = held.make("spo_benchmark_empty")
    held.manage(empty, "migrate", "--no-input", "--verbosity=0")
    held.manage(empty, "collectstatic", "--no-input", "--verbosity=0")
    say("the tables are made")
    addresses = {0: empty}
    for cases in (sizes.small, sizes.large):
        addresses[cases] = held.make(f"spo_benchmark_{cases}", like="spo_benchmark_empty")
        notes.append(f"Seed: {held.manage(addresses[cases], 'seed', f'--cases={cases}')}")
        say(notes[-1])
    return addresses


def pages(held: Bench, say: Say, sizes: Sizes, addresses: dict[int, str]) -> list[Figure]:
    """The caseload of the largest force, against hello, and against itself with fewer cases."""
    few, many = (
        Visitor(held.web(addresses[cases], str(cases)), LEAD, PASSWORD)
        for cases in (sizes.small, sizes.large)
    )
    for visitor in (few, many):
        for path in (HELLO, CASELOAD):
            visitor.time(path, WARM_UP)
    rounds = []
    for number in range(sizes.rounds):
        hello = many.time(HELLO, sizes.looks)
        rounds.append((hello, few.time(CASELOAD, sizes.looks), many.time(CASELOAD, sizes.looks)))
        say(f"pages: round {number + 1} of {sizes.rounds}")
    hellos, small, large = zip(*rounds, strict=True)
    name = f"Caseload page, {sizes.large:,} cases"
    return [
        Figure(name, "signed-in hello page", large, hellos, 12),
        Figure(name, f"the same, {sizes.small:,} cases", large, small, 1.3),
    ]


def sweep(held: Bench, say: Say, sizes: Sizes, address: str) -> list[Figure]:
    """As it runs, and without the audit's triggers, which weigh on both sides alike."""
    say("the deadline sweep")
    given = [f"--cases={sizes.sweep_cases}", f"--due={sizes.sweep_due}", f"--rounds={sizes.rounds}"]
    ours, base, bare, bare_base = held.script("sweep.py", address, *given, "--json")
    what = f"Deadline sweep, {sizes.sweep_due:,} due of {sizes.sweep_cases:,}"
    return [
        Figure(what, "one set-based statement", ours, base, 2.0),
        Figure(f"{what}, no audit", "the statement, no audit", bare, bare_base, 2.0),
    ]


def pdf(held: Bench, say: Say, sizes: Sizes, address: str) -> Figure:
    say("the application's PDF")
    ours, base = held.script("pdf.py", address, str(sizes.rounds * 2), "--json")
    return Figure("Application as PDF", "bare WeasyPrint", ours, base, 1.25)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="small sizes; writes no file")
    parser.add_argument("--rounds", type=int, default=Sizes.rounds)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
