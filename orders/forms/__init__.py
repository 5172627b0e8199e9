"""What is asked about orders. Rules that need another row are in the acts."""

from orders.forms.checking import CheckForm
from orders.forms.correcting import CorrectOrderForm
from orders.forms.making import AnswerForm, AsAtForm, MakeForm
from orders.forms.serving import AttemptForm, CorrectForm, ServeForm
from orders.forms.varying import DecideForm, DischargeForm, LeaveForm, RenewForm, VaryForm

__all__ = [
    "AnswerForm",
    "AsAtForm",
    "AttemptForm",
    "CheckForm",
    "CorrectForm",
    "CorrectOrderForm",
    "DecideForm",
    "DischargeForm",
    "LeaveForm",
    "MakeForm",
    "RenewForm",
    "ServeForm",
    "VaryForm",
]
