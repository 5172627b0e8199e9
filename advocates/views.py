"""The advocates' own site, and the officers' page on which consent is recorded."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts import policy, sites
from accounts.models import User
from accounts.roles import Permission
from advocates import lifecycle, queries, urgency, words
from advocates.forms import AskForm, ConsentForm, IncidentForm
from advocates.happened import happened
from advocates.models import Consent
from advocates.standing import client_of, living
from applications.lifecycle import requests
from applications.models import Request
from applications.queries import asked_by
from audit import looks
from breaches.lifecycle import reporting
from casework import clock, masks, pages, paging, searches
from casework.models import Case
from casework.screens import href
from contact import queries as contact
from contact.lifecycle.telling import TELL
from contact.models import Matter
from contact.naming import names_of
from contact.words import words_of
from documents.masking import words_of_each_but
from people.pronouns import say
from people.queries import safe_contacts

HOSTED = sites.ADVOCATES_URLS
NEWEST = 3  # of what was asked for, on the first page


class Contact(pages.CasePage):
    """Officers: what each protected person must be told and was told, how she is reached safely, and
    who may see this case's status."""

    template_name = "advocates/contact.html"
    title = "Victim contact"
    place = "advocates:contact"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        people = contact.contact_of(self.case)
        matters = [matter for one in people for matter in one.matters]
        consents = Consent.objects.filter(case=self.case)
        return super().get_context_data(
            people=people,
            names=names_of(matters),
            said=words_of(
                self.case, [one for one in matters if one.status == Matter.Status.WAITING]
            ),
            now=clock.now(),
            today=clock.today(),
            may_tell=policy.can(user, TELL.needs, self.case),
            may_agree=policy.can(user, Permission.EDIT_PEOPLE, self.case),
            consents=consents.select_related(
                "person", "advocate__organisation", "recorded_by", "withdrawn_by"
            ).order_by("-recorded_at"),
            living=set(living(consents).values_list("pk", flat=True)),
            may_see=policy.can(user, Permission.VIEW_CONFIDENTIAL, self.case),
            may_record=lifecycle.RECORD_CONSENT.offered(self.case, user),
            **kwargs,
        )


class RecordConsent(pages.OpeningView):
    model = Case
    step = lifecycle.RECORD_CONSENT
    act = lifecycle.record_consent
    form_class = ConsentForm
    title = "Record a consent"
    button = "Record consent"
    done = "The consent is recorded"
    success = "advocates:contact"

    def form_options(self) -> dict[str, Any]:
        return {"case": self.record}


class WithdrawConsent(pages.StepView):
    model = Consent
    step = lifecycle.WITHDRAW_CONSENT
    act = lifecycle.withdraw_consent
    template_name = "advocates/withdraw.html"
    title = "Record that consent is withdrawn"
    button = "Withdraw consent"
    done = "The consent is withdrawn. The advocate sees nothing of this case from now on"
    success = "advocates:contact"
    warning = True


class Clients(pages.Page):
    """The clients who agreed, the most urgent first, and what was asked for last.

    What is searched for is posted and kept with the session: no name stands in an address.
    """

    template_name = "advocates/clients.html"
    title = "Your clients"
    asked: Collection[Request] = ()

    def cases_shown(self) -> Collection[UUID]:
        return {request.case_id for request in self.asked}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the search; the address that follows has its key alone."""
        user: Any = request.user
        policy.check_role(user, Permission.VIEW_STATUS)
        key = searches.keep(request.session, request.POST.get("q", ""))
        return HttpResponseRedirect(href(request.path, {"search": key} if key else {}))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        policy.check_role(user, Permission.VIEW_STATUS)
        now, key = clock.now(), request.GET.get("search", "")
        text = searches.text_of(request.session, key)
        filters = {"search": key} if text else {}
        among = queries.named(user, text) if text else None
        rows = urgency.by_urgency(user, now, among=among).select_related("subject", "officer")
        bound = filters | {"user": str(user.pk)}
        keyset = paging.Keyset(rows, "urgency", filters=bound, sparse=False)
        try:
            page = keyset.page(request.GET.get("cursor", ""))
        except paging.BadCursor:
            return HttpResponseRedirect(href(request.path, filters))
        if text:
            note_search(text, page.rows)
        self.asked = list(asked_by(user)[: NEWEST + 1])
        return self.show(
            clients=queries.clients(user, page.rows, now),
            asked=self.asked,
            newest=NEWEST,
            text=text,
            forgotten=bool(key) and not text,
            size=keyset.size,
            next_href=href(request.path, filters, page.next),
            previous_href=href(request.path, filters, page.previous),
        )


def note_search(text: str, found: Iterable[Case]) -> None:
    """Say in the log what was searched for, and which clients the search showed."""
    table = Case._meta.label_lower
    looks.note(looks.Look("search", table, "", reason=text))
    for case in found:
        looks.note(looks.Look("search", table, str(case.pk), case_id=case.pk))


class Asked(pages.Page):
    """Everything that the advocate asked for, newest first, with the answer."""

    template_name = "advocates/asked.html"
    title = "What you asked for"
    asked: Collection[Request] = ()

    def cases_shown(self) -> Collection[UUID]:
        return {request.case_id for request in self.asked}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        policy.check_role(user, Permission.VIEW_STATUS)
        filters = {"user": str(user.pk)}
        keyset = paging.Keyset(asked_by(user), "-asked_at", filters=filters, sparse=False)
        try:
            page = keyset.page(request.GET.get("cursor", ""))
        except paging.BadCursor:
            return HttpResponseRedirect(request.path)
        self.asked = page.rows
        return self.show(
            asked=page.rows,
            size=keyset.size,
            next_href=href(request.path, {}, page.next),
            previous_href=href(request.path, {}, page.previous),
        )


def consent_or_404(user: User, case: Case) -> Consent:
    """Whose consent opens the case. Whoever is no longer protected in it has taken hers along."""
    consent = queries.consent_of(user, case.pk)
    if consent is None:
        raise Http404
    return consent


class ClientStatus(pages.Page):
    """Where one client's protection stands, what happens next, what happened, what the order says."""

    template_name = "advocates/status.html"
    title = "Where things stand"
    user: User
    consent: Consent

    def read(self) -> masks.Words:
        """What hides somebody else in the case is not printed; what the client told us is her own."""
        return words_for_client(self.user, self.consent)

    def get(self, request: HttpRequest, *args: Any, case: UUID, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        rows = Case.objects.select_related("subject", "officer", "force", "unit")
        found = policy.open_or_404(user, rows, case, Permission.VIEW_STATUS)
        now, consent = clock.now(), consent_or_404(user, found)
        self.user, self.consent = user, consent
        facts = queries.facts(found, consent, now)
        conditions = queries.conditions(found, now)
        return self.show(
            facts=facts,
            officer=found.officer,
            client_case=found,
            consent=consent,
            stands=words.status(facts),
            report_address=reverse("report", args=[found.pk], urlconf=HOSTED),
            to_come=queries.to_come(found, consent, facts, now),
            told=queries.told_to(consent, facts),
            reported=queries.reported(found, user),
            happened=happened(found, user),
            must_not=[c for c in conditions if c.kind == "prohibition"],
            must=[c for c in conditions if c.kind == "requirement"],
            contacts=safe_contacts([consent.person_id]),
            now=now,
            say=say,
        )


def words_for_client(user: User, consent: Consent) -> masks.Words:
    """How an advocate reads her client's case: what the client told her is the client's own."""
    case = consent.case_id
    return words_of_each_but(user, [case], own=[consent.person_id])[case]


class Ask(pages.OpeningView):
    """An advocate asks a force for an order."""

    model = None
    step = requests.ASK_FOR_ORDER
    act = requests.ask_for_order
    form_class = AskForm
    template_name = "advocates/act.html"
    title = "Ask for an order"
    button = "Ask for an order"
    done = "You have asked for an order. The police must decide whether to take it forward"

    def get_success_url(self, result: Any = None) -> str:
        return reverse("clients", urlconf=HOSTED)


class Report(pages.OpeningView):
    """An advocate reports something that may break the order; the police are told at once."""

    model = Case
    step = reporting.REPORT_INCIDENT
    act = lifecycle.report_incident
    door = Permission.VIEW_STATUS
    form_class = IncidentForm
    template_name = "advocates/act.html"
    title = "Report something that happened"
    button = "Send the report"
    done = "The police have your report, and have been told to answer it now"
    consent: Consent

    def open(self, pk: UUID | None) -> None:
        super().open(pk)
        user: Any = self.request.user
        self.consent = consent_or_404(user, self.record)

    def words_for(self, cases: Collection[UUID]) -> masks.Words:
        return words_for_client(self.request.user, self.consent)  # type: ignore[arg-type]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        client = client_of(self.consent)
        return super().get_context_data(client=client, **kwargs) | {"case": None}

    def get_success_url(self, result: Any = None) -> str:
        return reverse("client", args=[self.record.pk], urlconf=HOSTED)


ACTS = (RecordConsent, WithdrawConsent)
HOSTED_ACTS = (Ask, Report)
