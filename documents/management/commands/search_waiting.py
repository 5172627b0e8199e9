from typing import Any

from django.core.management.base import BaseCommand

from documents.standing_in import SEARCHER


class Command(BaseCommand):
    help = "Searches prints that wait, with PostgreSQL alone, whenever the worker of searches is silent."

    def handle(self, *args: Any, **options: Any) -> None:
        SEARCHER.keep_looking()
