"""Orders as the court made them, their conditions by version, their service, and what became of them."""

from orders.models.correction import Correction
from orders.models.order import Condition, Order
from orders.models.service import Service, ServiceAttempt
from orders.models.variation import Variation

__all__ = ["Condition", "Correction", "Order", "Service", "ServiceAttempt", "Variation"]
