import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.models import User
from spo_cases.demonstration.cast import FORCES, PASSWORD


class Command(BaseCommand):
    help = (
        "Lists the demonstration's accounts: one for each role and relation. All share a password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [
            {
                "username": user.username,
                "password": PASSWORD,
                "name": str(user),
                "role": user.role,
                "force": user.force.name if user.force else "",
                "unit": user.unit.name if user.unit else "",
                "organisation": user.organisation.name if user.organisation else "",
                "relation": relation(user),
            }
            for user in User.objects.filter(is_demonstration=True)
            .select_related("force", "unit", "organisation")
            .order_by("force_id", "username")
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False))
            return
        self.stdout.write(f"password of every account: {PASSWORD}")
        for row in rows:
            self.stdout.write(f"{row['username']:24} {row['role']:24} {row['relation']}")


def relation(user: User) -> str:
    """How the account stands to the cases of the first force's stalking unit."""
    if user.is_advocate:
        return "consented client" if user.username == "advocate" else "no consented client there"
    if user.force_id != FORCES[0][0]:
        return "other force"
    return "own unit" if user.unit and user.unit.name == "Stalking unit" else "other unit"
