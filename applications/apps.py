from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import import_string

from casework import frame
from casework.announce import subscribe


class ApplicationsConfig(AppConfig):
    name = "applications"

    def ready(self) -> None:
        """Say where a case stands after each act that moves it, and that somebody must have it."""
        for turn in import_string("applications.tasks.TURNS"):
            import_module("alerts.rooms").keep(turn)
        frame.mark_cases(import_string("applications.queries.marks_of"))
        standing = import_module("casework.standing")
        standing.found_by(import_string("applications.queries.stands"))
        import_module("people.changes").heard_by(
            import_string("applications.lifecycle.voiding.void_changed")
        )
        announcing = import_module("accounts.announcing")
        announcing.listen_to_work(import_string("applications.lifecycle.assigning.follow_account"))
        await_officer = import_string("applications.lifecycle.assigning.await_officer")
        for topic in import_string("applications.lifecycle.MOVES"):
            subscribe(topic, standing.settle)
            subscribe(topic, await_officer)
        for act in ("assign_case", "restrict_case", "lift_restriction"):
            subscribe(f"casework.{act}", await_officer)
