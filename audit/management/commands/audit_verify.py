from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import anchors, chain
from audit.models import Entry


class Command(BaseCommand):
    help = (
        "Walks the audit log and compares it with every anchor; exits with 1 and names the first bad "
        "line, or the first stream that was rebuilt or cut since an anchor."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if fault := chain.first_fault():
            raise CommandError(str(fault), returncode=1)
        try:
            fault, kept = anchors.first_fault()
        except anchors.Broken as broken:
            raise CommandError(str(broken), returncode=1) from broken
        if fault:
            raise CommandError(str(fault), returncode=1)
        self.stdout.write(f"{Entry.objects.count()} lines, each as it was written.")
        self.stdout.write(
            f"They agree with {kept} anchors."
            if kept
            else "There is no anchor to compare them with."
        )
