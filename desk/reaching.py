"""The page that says whom a force's alerts reach, and the act that names its duty inbox."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts import actions as accounts
from accounts import policy
from accounts.models import Force, User
from accounts.roles import Permission, Role
from casework import pages
from casework.lifecycle import Opening
from desk import reach
from desk.administration import Administering
from desk.forms import InboxForm


class Reach(pages.Page):
    """What is missing before every alert reaches somebody, and what is set: for those who keep the accounts,
    with the way to mend each, and for the stalking lead, with whom to ask."""

    template_name = "desk/reach.html"
    title = "Whom alerts reach"
    place = "desk:reach"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        policy.check_role(user, Permission.VIEW_REACH)
        facts = reach.facts(user.force)
        return self.show(
            missing=sorted((f for f in facts if f.follows), key=lambda f: not f.stops),
            standing=[fact for fact in facts if not fact.follows],
            mends=user.may(Permission.MANAGE_ACCOUNTS),
            administrators=administrators(user.force),
        )


def administrators(force: Force) -> list[User]:
    """Whom to ask."""
    rows = User.objects.filter(force=force, role=Role.FORCE_ADMINISTRATOR, is_active=True)
    return list(rows.order_by("name")[:5])


class NameDutyInbox(Administering):
    """The address to which alerts go that somebody must answer."""

    model, plural = None, "forces"
    keeps_omitted = True
    step = Opening("name_duty_inbox", "", Permission.MANAGE_ACCOUNTS, "name the duty inbox")
    act = accounts.name_duty_inbox
    form_class = InboxForm
    success = place = "desk:reach"
    title, button = "Name the duty inbox", "Save the duty inbox"
    done = "It is saved. Alerts go there from now on, and the stalking lead is told of the change"
    template_name = "desk/duty_inbox.html"

    def initial(self) -> dict[str, Any]:
        user: Any = self.request.user
        return {"duty_inbox": user.force.duty_inbox}


ACTS = (NameDutyInbox,)
