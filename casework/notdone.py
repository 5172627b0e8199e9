"""What the page of an act answers where the act was not done: what is so now, and the way on."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse

from accounts import policy
from casework.differences import differences
from casework.errors import WrongState
from casework.lifecycle import Opening, Step
from casework.screens import Page


class NotDone(Page):
    """The refusals of `casework.pages.ActView`, which opens the record and shows the form."""

    step: ClassVar[Step | Opening]
    record: Any
    open: Callable[..., None]
    form: Callable[..., Any]
    page: Callable[..., HttpResponse]
    initial: Callable[[], dict[str, Any]]
    get_success_url: Callable[..., str]

    def sent_before(self, pk: UUID | None) -> HttpResponse:
        """The same form again with other answers, after it was accepted: nothing is done unasked."""
        self.open(pk)
        form = self.form(self.request.POST, self.request.FILES)
        form.add_error(
            None,
            "You have sent this form already, with other answers. "
            "Look at what was saved before you send it again.",
        )
        return self.page(form, status=422, version=self.request.POST.get("version", ""))

    def stale(self, pk: UUID | None) -> HttpResponse:
        """What is saved now beside what was typed, and a form that can be sent for the new version."""
        self.open(pk)
        form = self.form(self.request.POST, self.request.FILES)
        form.is_valid()
        return self.page(
            form, status=409, differences=differences(form, self.initial()), stale=True
        )

    def wrong_state(self, error: WrongState) -> HttpResponse:
        """The record has moved on: what it is now, and where to look."""
        context = self.get_context_data(message=str(error), link=self.get_success_url())
        return self.said("409.html", context, status=409)

    def said(self, template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
        """Another page than the act's own, in the same frame."""
        self.template_name = template
        response: HttpResponse = self.render_to_response(context, status=status)
        return response

    def denied(self, error: policy.Denied) -> HttpResponse:
        """Who reads the case but may not do this act stays in the case, and learns whose it is."""
        if self.record is None:
            raise error
        context = Page.get_context_data(self, title="You cannot do this", message=str(error))
        context |= {"link": self.get_success_url(), "who": self.who_can()}
        return self.said("denied.html", context, status=403)

    def who_can(self) -> tuple[str, ...]:
        return policy.who_may(self.step.needs)
