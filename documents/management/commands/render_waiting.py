from typing import Any

from django.core.management.base import BaseCommand

from documents.press import PRESS
from documents.standing_in import PRINTER


class Command(BaseCommand):
    help = "Prints documents that wait, with PostgreSQL alone, whenever the worker of prints is silent."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            PRINTER.keep_looking()
        finally:
            PRESS.stop()
