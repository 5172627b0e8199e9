"""Reports of breaches, the response to each, and what became of it."""

from importlib import import_module

from django.apps import AppConfig

from casework.announce import subscribe


class BreachesConfig(AppConfig):
    name = "breaches"

    def ready(self) -> None:
        """Listen to the rooms below. The models are there only now."""
        lifecycle = import_module("breaches.lifecycle")
        queries = import_module("breaches.queries")
        import_module("orders.answering").told_by(queries.answered)
        import_module("contact.naming").told_by(queries.named)
        import_module("accounts.announcing").listen_to_work(lifecycle.follow_account)
        subscribe("alerts.acknowledge", lifecycle.on_alert_taken)
        for act in ("assign_case", "restrict_case", "lift_restriction"):
            subscribe(f"casework.{act}", lifecycle.keep_answering)
        for act in ("correct_order", "correct_end"):
            subscribe(f"orders.{act}", lifecycle.on_order_corrected)
