"""The pages on which a change is recorded: a new name, a new home, the sexual offences duty."""

from casework import pages
from notifications import lifecycle
from notifications.forms import ChangeForm, SoaForm
from notifications.lifecycle import changing
from notifications.models import Duty
from orders.models import Order


class Change(pages.OpeningView):
    """A new name or a new home starts its own 3 days."""

    model = Order
    step = changing.RECORD_CHANGE
    act = lifecycle.record_change
    form_class = ChangeForm
    title = "Record a change of name or address"
    button = "Record the change"
    done = "The change is recorded"
    place = "notifications:overview"
    success = "notifications:overview"
    url_name = "change"


class RecordSoaDuty(pages.StepView):
    """While he is under the other duty, s9 asks for nothing."""

    model = Duty
    step = changing.RECORD_SOA_DUTY
    act = lifecycle.record_soa_duty
    form_class = SoaForm
    title = "Record the sexual offences duty"
    button = "Record it"
    done = "The sexual offences duty is recorded"
    place = "notifications:overview"
    success = "notifications:overview"


ACTS = (Change, RecordSoaDuty)
