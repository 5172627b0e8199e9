"""Every legal act on a suspected breach, from its report to the decision."""

from breaches.lifecycle import answering, arresting, deciding, reporting
from breaches.lifecycle.answering import (
    acknowledge,
    assign,
    follow_account,
    keep_answering,
    on_alert_taken,
)
from breaches.lifecycle.arresting import record_arrest
from breaches.lifecycle.deciding import decide, save_point
from breaches.lifecycle.following import on_order_corrected
from breaches.lifecycle.reporting import Report, report

STEPS = (*reporting.STEPS, *answering.STEPS, *arresting.STEPS, *deciding.STEPS)

__all__ = [
    "STEPS",
    "Report",
    "acknowledge",
    "answering",
    "arresting",
    "assign",
    "decide",
    "deciding",
    "follow_account",
    "keep_answering",
    "on_alert_taken",
    "on_order_corrected",
    "record_arrest",
    "report",
    "reporting",
    "save_point",
]
