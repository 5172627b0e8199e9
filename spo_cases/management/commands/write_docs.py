from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from spo_cases import printed


class Command(BaseCommand):
    help = "Prints from the code what docs/ says of it (spo_cases.printed); --check only compares."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        for path, text in printed.pages().items():
            if options["check"]:
                if not path.exists() or path.read_text(encoding="utf-8") != text:
                    raise CommandError(f"{path.name} is stale. Run manage.py write_docs.")
            else:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
                self.stdout.write(path.name)
