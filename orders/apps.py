from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import import_string

from casework.announce import subscribe

# Beside the endings: what may make an order live
SETTLING = ("make_order", "renew", "revive", "correct_order")


class OrdersConfig(AppConfig):
    name = "orders"

    def ready(self) -> None:
        """Hear what hearings mean for orders; say where a case with orders stands, and who is bound.

        s5(6)(b): an interim order ends when its main application is determined.
        """
        import_module("alerts.rooms").keep(import_string("orders.tasks.TURN"))
        for act in ("correct_result", "take_back_result"):
            subscribe(f"applications.{act}", import_string("orders.lifecycle.revive_interims_of"))
        for act in ("result_hearing", "correct_result"):
            subscribe(f"applications.{act}", import_string("orders.lifecycle.end_interims_of"))
        subscribe(
            "applications.withdraw_application", import_string("orders.lifecycle.end_interims_with")
        )
        for act in ("vacate_hearing", "result_hearing", "correct_result", "take_back_result"):
            subscribe(f"applications.{act}", import_string("orders.lifecycle.clocks.await_day"))
        for act in (
            *("list_hearing", "vacate_hearing", "relist_hearing"),
            *("result_hearing", "correct_result", "take_back_result"),
        ):
            subscribe(f"applications.{act}", import_string("orders.lifecycle.guard_interims"))
        standing = import_module("casework.standing")
        standing.found_by(import_string("orders.queries.stands"))
        earlier = import_module("applications.earlier")
        earlier.told_by(import_string("orders.queries.binding.binding"))
        elsewhere = import_module("applications.elsewhere")
        elsewhere.told_by(import_string("orders.queries.binding.alike"))
        resting = import_module("applications.resting")
        resting.told_by(import_string("orders.queries.binding.made_from"))
        changing = import_module("applications.changing")
        changing.told_by(import_string("orders.queries.binding.changes"))
        endings = import_string("orders.lifecycle.ENDINGS")
        for topic in (*(f"orders.{act}" for act in SETTLING), *endings):
            subscribe(topic, standing.settle)
