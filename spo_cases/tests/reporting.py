"""A process that reports breaches to a running service, each in a transaction of its own.

    SPO_VAR=... python -m spo_cases.tests.reporting 20

Prints a line for each report once it is committed.
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

import django

from spo_cases.services.beside import borrow

PAUSE = 0.1  # seconds between two reports


def report(times: int) -> None:
    """By the act itself, of one order that is in force and was served."""
    from audit.actor import acting_as
    from breaches.tests import factories
    from casework import clock

    with acting_as("test:reporting"):
        factories.lead()
        order = factories.order()
        for number in range(times):
            moment = clock.now() - timedelta(minutes=times - number)
            sys.stdout.write(f"{factories.reported(order, happened_at=moment).pk}\n")
            sys.stdout.flush()
            time.sleep(PAUSE)


if __name__ == "__main__":
    borrow(Path(__file__).resolve().parents[2])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spo_cases.settings")
    django.setup()
    report(int(sys.argv[1]))
