from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework import clock
from spo_cases import reconciling


class Command(BaseCommand):
    help = (
        "Compares what was derived with the facts; exits with 1 where they differ. Mends nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.database_now()
        checks = []
        for check in reconciling.everything(now, self.stderr.write):
            self.stderr.write(f"compared: {check.what}")
            checks.append(check)
        widest = max(len(check.what) for check in checks)
        for check in checks:
            line = f"{check.what:<{widest}}  {check.wrong:>6}  {', '.join(check.cases)}"
            self.stdout.write(line.rstrip())
        if wrong := sum(check.wrong for check in checks):
            raise CommandError(f"{wrong} differ from the facts.", returncode=1)
        self.stdout.write("All is as the facts have it.")
