"""The pages of telling: what she is told and how she is reached, what was said, and correcting it.

The list of all that each of them is told is the case's page of victim contact, in `advocates`.
"""

from typing import Any

from django.db.models import Q, QuerySet

from accounts import policy
from accounts.roles import Permission
from casework import clock, frame, pages
from casework.moments import today_untimed
from contact import lifecycle, queries
from contact.forms import CorrectForm, TellForm, chosen
from contact.lifecycle import Told, telling
from contact.models import Matter, Telling
from contact.naming import names_of
from contact.rules import RULES
from contact.words import words_of

TOLD = tuple(Told.__dataclass_fields__)


class TellingPage(pages.StepView):
    """What both acts show: the words for her, and the only way in which she may be reached."""

    place = "advocates:contact"
    success = "advocates:contact"
    template_name = "contact/tell.html"

    def matters(self) -> list[Matter]:
        raise NotImplementedError

    def get_success_url(self, result: Any = None) -> str:
        return frame.address(self.success, case=self.record.case_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, matters = self.record.case, self.matters()
        said = words_of(case, matters)
        user: Any = self.request.user
        return super().get_context_data(
            matters=[(matter, said[matter.pk]) for matter in matters],
            names=names_of(matters),
            warnings=[
                found
                for matter in matters
                for found in RULES[matter.kind].findings(matter.happened_at)
            ],
            protected=queries.reach_of(matters, case),
            may_see=policy.can(user, Permission.VIEW_CONFIDENTIAL, case),
            may_agree=policy.can(user, Permission.EDIT_PEOPLE, case),
            now=clock.now(),
            **kwargs,
        )


class Tell(TellingPage):
    """Record that a protected person was told, or could not be told."""

    model = Matter
    step = telling.TELL
    act = lifecycle.tell
    form_class = TellForm
    title = "Tell a protected person"
    button = "Record it"
    done = "It is recorded"

    def rows(self) -> QuerySet[Matter]:
        return Matter.objects.select_related("case__subject", "person", "telling")

    def matters(self) -> list[Matter]:
        return [self.record, *queries.alike(self.record)]

    def form_options(self) -> dict[str, Any]:
        return {"also": queries.alike(self.record)}

    def initial(self) -> dict[str, Any]:
        return {"told_at": today_untimed(), "told_by_name": str(self.request.user)}

    def arguments(self, form: Any) -> dict[str, Any]:
        given = form.cleaned_data
        told = Told(**{name: given[name] for name in TOLD})
        return {"told": told, "also": chosen(given, "also")}


class CorrectTelling(TellingPage):
    """Put a right record in the place of a wrong one."""

    model = Telling
    keeps_omitted = True
    step = telling.CORRECT
    act = lifecycle.correct_telling
    form_class = CorrectForm
    title = "Correct what a protected person was told"
    button = "Correct the record"
    done = "The record is corrected. The wrong one is kept, with your reason"

    def rows(self) -> QuerySet[Telling]:
        return Telling.objects.select_related("case__subject", "person")

    def open_to_it(self) -> QuerySet[Matter]:
        """What stood in the record, and what the person has still to be told."""
        held = self.record
        own = Matter.objects.filter(case_id=held.case_id, person=held.person_id)
        rows = own.filter(Q(telling=held) | Q(status=Matter.Status.WAITING))
        return rows.order_by("happened_at", "pk")

    def matters(self) -> list[Matter]:
        return list(self.open_to_it())

    def form_options(self) -> dict[str, Any]:
        return {"matters": self.open_to_it()}

    def initial(self) -> dict[str, Any]:
        held = self.record
        return {name: getattr(held, "status" if name == "outcome" else name) for name in TOLD} | {
            "matters": list(held.matters.values_list("pk", flat=True))
        }

    def arguments(self, form: Any) -> dict[str, Any]:
        given = form.cleaned_data
        told = Told(**{name: given[name] for name in TOLD})
        return {"told": told, "matters": chosen(given, "matters"), "reason": given["reason"]}


ACTS = (Tell, CorrectTelling)
