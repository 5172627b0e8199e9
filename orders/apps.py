from django.apps import AppConfig
from django.utils.module_loading import import_string

from casework.announce import subscribe


class OrdersConfig(AppConfig):
    name = "orders"

    def ready(self) -> None:
        """s5(6)(b): an interim order ends when its main application is determined."""
        subscribe("applications.result_hearing", import_string("orders.lifecycle.end_interims_of"))
        subscribe(
            "applications.withdraw_application", import_string("orders.lifecycle.end_interims_with")
        )
