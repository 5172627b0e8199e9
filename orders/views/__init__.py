"""The pages of orders. `ACTS` are pages and API both."""

from orders.views.checking import Card, Check, ManyChecks, Printed, PrintedPdf
from orders.views.correcting import CorrectOrder
from orders.views.making import Answer, Make
from orders.views.serving import Attempt, Correct, Serve
from orders.views.showing import AsAt, Overview, ServicePage
from orders.views.varying import Decide, Discharge, Leave, Renew, Vary

ACTS = (Make, Answer, CorrectOrder, Attempt, Serve, Correct, Vary, Renew, Leave, Discharge, Decide)

__all__ = [
    "ACTS",
    "AsAt",
    "Card",
    "Check",
    "ManyChecks",
    "Overview",
    "Printed",
    "PrintedPdf",
    "ServicePage",
]
