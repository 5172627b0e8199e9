"""What ./run does once Python and its packages are there."""

import argparse
import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from spo_cases.services import environment, ports
from spo_cases.services.claim import claimed
from spo_cases.services.errors import CannotStart
from spo_cases.services.paths import prepare
from spo_cases.services.progress import lines
from spo_cases.services.stack import Stack
from spo_cases.services.supervisor import Stopped, Supervisor

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """The exit status of ./run."""
    wishes = read(arguments)
    say = lines(float(os.environ.get("SPO_BEGAN") or time.time()))
    supervisor = Supervisor(say)
    supervisor.listen()
    try:
        serve(supervisor, empty=wishes.empty, once=wishes.once)
    except CannotStart as error:
        sys.stderr.write(f"Cannot start: {error}\n")
        return 1
    except Stopped:
        say("stopped")
    return 0


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./run",
        description="Set up SPO Cases and serve it on http://127.0.0.1:${PORT:-8000}/ until stopped.",
        epilog="The environment may set PORT, SPO_VAR (the folder of all state), DATABASE_URL, REDIS_URL.",
    )
    parser.add_argument("--empty", action="store_true", help="begin without demonstration data")
    parser.add_argument("--once", action="store_true", help="stop as soon as it is ready")
    return parser.parse_args(arguments)


def serve(supervisor: Supervisor, *, empty: bool, once: bool) -> None:
    """Start everything, look after it, and stop everything, whatever happens."""
    with ExitStack() as ending:
        port = ports.chosen()
        address = f"http://127.0.0.1:{port}/"
        places = prepare(ROOT, Path(os.environ.get("SPO_VAR") or ROOT / "var"))
        mark = ending.enter_context(claimed(places, address, supervisor.say))
        ports.refuse_taken(port)
        ending.callback(places.release)
        ending.callback(supervisor.stop_all)
        service = Stack(places, environment.base(places, mark), port, supervisor)
        commands = service.up(empty=empty)
        supervisor.say(f"READY {address}")
        if once:
            return
        service.complete(commands)
        while True:
            supervisor.pause()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
