"""Writes every document that a case can have, for every audience, into a folder: to look at them all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from audit import looks
from audit.actor import acting_as
from casework.models import Case
from documents.inspection import Unfit
from documents.layout import lay_out
from documents.press import PRESS
from documents.queries import Possible, possible
from documents.scan import Leak, require_silent

ACTOR = "task:render_all"


class Command(BaseCommand):
    help = "Write every document of a case, as its facts are now, for every audience into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--case", required=True, help="the case's reference, TS-26-0147")
        parser.add_argument(
            "--out", required=True, type=Path, help="the folder; made if it is not there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        cases = list(Case.objects.filter(reference=options["case"])[:2])
        if len(cases) != 1:
            raise CommandError(f"There is no single case {options['case']}.")
        (case,) = cases
        self._note(case)
        stopped = [
            one
            for number, one in enumerate(possible(case), start=1)
            if not self._write(one, case, options["out"], number)
        ]
        PRESS.stop()
        if stopped:
            raise CommandError(
                f"{len(stopped)} of the documents were stopped. Nothing of them is kept."
            )

    def _write(self, one: Possible, case: Case, out: Path, number: int) -> bool:
        """Two files below the audience's folder, or none where the document may not leave."""
        data = one.paper.of(one.record)
        html = lay_out(data)
        rendered = PRESS.render(html)
        path = out / data.audience / f"{case.reference}-{number:02d}-{data.kind}"
        try:
            require_silent(data, case, html, rendered.pdf)
        except (Leak, Unfit):
            self.stderr.write(f"stopped {path}")
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_name(f"{path.name}.pdf").write_bytes(rendered.pdf)
        path.with_name(f"{path.name}.html").write_text(html, encoding="utf-8")
        self.stdout.write(f"{path}.pdf {rendered.pages}")
        return True

    def _note(self, case: Case) -> None:
        look = looks.Look(
            "disclose", Case._meta.label_lower, str(case.pk), case.pk, "every document to a folder"
        )
        with transaction.atomic(), acting_as(ACTOR):
            looks.save([look], actor=ACTOR, path="render_all", status=0)
