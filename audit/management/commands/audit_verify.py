from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import chain
from audit.models import Entry


class Command(BaseCommand):
    help = "Walks the audit log; exits with 1 and names the first bad line where one was altered."

    def handle(self, *args: Any, **options: Any) -> None:
        if fault := chain.first_fault():
            raise CommandError(str(fault), returncode=1)
        self.stdout.write(f"{Entry.objects.count()} lines, each as it was written.")
