from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from alerts import sweep
from casework import clock
from casework.models import Case
from spo_cases.demonstration import cast, plan


class Command(BaseCommand):
    help = "Fills an empty database with made-up forces, people and cases, relative to today."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Set SPO_DEMONSTRATION=true: this is not for real data.")
        if Case.objects.exists():
            self.stdout.write("There are cases already; nothing was added.")
            return
        with sweep.paused():  # or it would raise what the next chapter of a story has done
            told = plan.tell(cast.assemble(), clock.now())
        self.stdout.write(f"{told} cases")
