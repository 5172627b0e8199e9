import signal
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from documents import keeper


class Command(BaseCommand):
    help = "Answers whether words give a place away, for the advocates' site, until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("socket", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
        with keeper.listen(options["socket"]) as listening:
            keeper.serve(listening)
