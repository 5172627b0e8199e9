"""Requests for an order: recorded, decided, looked at again."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from accounts import policy
from accounts.models import Force, User
from applications import forms, lifecycle
from applications.alike import alike, opens
from applications.forms.deciding import DuplicateForm, SecondLookForm, TellForm
from applications.lifecycle.telling import everybody_who_asked, without_account
from applications.models import Request
from applications.queries import MOST, asked_by
from casework import pages
from casework.actions import waits
from casework.models import Case

SAID = ("asked_at", "subject_as_told", "concerns")


class Requests(pages.ListView):
    """Every request that the reader may see, newest ask first."""

    model, order = Request, "-asked_at"
    template_name = "applications/requests.html"
    title = "Requests for an order"

    def rows(self) -> Any:
        rows = Request.objects.select_related("case__subject", "case__officer", "organisation")
        status = self.request.GET.get("status", "")
        return rows.filter(status=status) if status in Request.Status.values else rows

    def filters(self) -> dict[str, Any]:
        status = self.request.GET.get("status", "")
        return {"status": status} if status in Request.Status.values else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(
            statuses=Request.Status.choices,
            may_record=user.may(lifecycle.RECORD_REQUEST.needs),
            **kwargs,
        )


class Asked(pages.Page):
    """Requests that I made: what became of each, and what I am told of it. No case is opened by it."""

    template_name = "applications/asked.html"
    title = "Requests that I made"
    asked: Collection[Request] = ()

    def cases_shown(self) -> Collection[UUID]:
        return {row.case_id for row in self.asked}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        asked = self.asked = list(asked_by(user)[:MOST])
        cases = Case.objects.filter(pk__in=[row.case_id for row in asked])
        opened = policy.visible(user, cases).values_list("pk", flat=True)
        return self.show(asked=asked, opened=set(opened))


class TellRequester(pages.StepView):
    """A requester without an account hears of the decline from a person, and that it was undone."""

    model = Request
    step = lifecycle.TELL_REQUESTER
    act = lifecycle.tell_requester
    form_class = TellForm
    template_name = "applications/tell.html"
    title = "Tell the requester"
    button = "Record that the requester was told"
    done = "It is recorded that the requester was told"
    success = "applications:overview"
    place = "applications:overview"

    def initial(self) -> dict[str, Any]:
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        decision = self.record.decisions.last()
        return super().get_context_data(
            decision=decision, askers=without_account(self.record), **kwargs
        )


class RecordRequest(pages.OpeningView):
    """What was asked of the force, by anybody: a case begins."""

    model = None
    step = lifecycle.RECORD_REQUEST
    act = lifecycle.record_request
    form_class = forms.RequestForm
    template_name = "applications/record.html"
    title = "Record a request for an order"
    button = "Record the request"
    done = "The request is recorded. Its clock began at the first ask"
    success = "applications:overview"

    def form_options(self) -> dict[str, Any]:
        user: Any = self.request.user
        return {"force": user.force or Force()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Beside the form the request that this one looks like, where the user may open it."""
        user: Any = self.request.user
        form, found = kwargs.get("form"), None
        if form is not None and "again" in form.errors:
            given = {name: form.cleaned_data[name] for name in SAID if name in form.cleaned_data}
            found = alike(Request(force=user.force, **given), user)
        if found and not opens(user, found.case):
            found = None
        return super().get_context_data(found=found, **kwargs)


class DecideRequest(pages.StepView):
    """The three grounds, limb by limb: take it forward or decline."""

    model = Request
    step = lifecycle.ACCEPT_REQUEST
    act = lifecycle.decide_request
    form_class = forms.DecideForm
    template_name = "applications/decide.html"
    title = "Decide on the request"
    button = "Record the decision"
    done = "The decision is recorded"
    success = "applications:overview"
    place = "applications:overview"
    url_name = "decide_request"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(also=everybody_who_asked(self.record)[1:], **kwargs)

    def arguments(self, form: Any) -> dict[str, Any]:
        values = dict(form.cleaned_data)
        if values["outcome"] == "proceed":
            values |= {"decline_reason": "", "told_requester": "", "look_again_on": None}
        return values


class SecondLook(DecideRequest):
    """A stalking lead looks at a decline afresh, on the same grounds."""

    step = lifecycle.CONFIRM_DECLINE
    act = lifecycle.second_look
    form_class = SecondLookForm
    title = "Look again at a declined request"
    url_name = "second_look"


class ReopenRequest(pages.StepView):
    model = Request
    step = lifecycle.REOPEN_REQUEST
    act = lifecycle.reopen_request
    form_class = forms.ReopenForm
    title = "Reopen the request"
    button = "Reopen the request"
    done = "The request waits for a decision again"
    success = "applications:overview"
    place = "applications:overview"


class CloseDuplicate(pages.StepView):
    """The same request stands in another case: this one is closed, and nothing is declined."""

    model = Request
    step = lifecycle.CLOSE_DUPLICATE
    act = lifecycle.close_duplicate
    form_class = DuplicateForm
    template_name = "applications/duplicate.html"
    title = "Close as a duplicate"
    button = "Close as a duplicate"
    done = "The case is closed. The request goes on in the other case"
    success = "applications:overview"
    place = "applications:overview"

    def require(self) -> None:
        super().require()
        lifecycle.require_closable(self.record.case)

    def initial(self) -> dict[str, Any]:
        return {}


class StartDraft(pages.OpeningView):
    """Begin the application of a request that was taken forward."""

    model = Case
    step = lifecycle.START_DRAFT
    act = lifecycle.start_draft
    template_name = "applications/begin.html"
    title = "Begin an application"
    button = "Begin the application"
    success = "applications:overview"
    place = "applications:overview"


def offered(request: Request | None, case: Case, user: User) -> list[tuple[str, str, Any]]:
    """The acts on a request that this user is offered now: words, name of the page, record."""
    found: list[tuple[str, str, Any]] = []
    if request is not None:
        for words, step, name in (
            ("Decide on the request", lifecycle.ACCEPT_REQUEST, "decide_request"),
            ("Look again at the decline", lifecycle.CONFIRM_DECLINE, "second_look"),
            ("Reopen the request", lifecycle.REOPEN_REQUEST, "reopen_request"),
        ):
            if step.offered(request, user):
                found.append((words, f"applications:{name}", request))
        if waits(case, "tell_requester", about=request.pk) and lifecycle.TELL_REQUESTER.offered(
            request, user
        ):
            words = "Record that the requester was told"
            found.append((words, "applications:tell_requester", request))
        if lifecycle.CLOSE_DUPLICATE.offered(request, user) and lifecycle.may_be_closed(case):
            found.append(("Close as a duplicate", "applications:close_duplicate", request))
    if (
        request is None or request.status == Request.Status.ACCEPTED
    ) and lifecycle.START_DRAFT.offered(case, user):
        found.append(("Begin the application", "applications:start_draft", case))
    return found


ACTS = (
    RecordRequest,
    DecideRequest,
    SecondLook,
    ReopenRequest,
    TellRequester,
    CloseDuplicate,
    StartDraft,
)
