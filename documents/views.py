"""A case's documents: which there are, how each stands, and the copies that leave."""

import base64
import re
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from accounts import policy
from accounts.queries import names_of
from audit import looks
from casework import pages
from casework.models import Case
from documents import lifecycle, shelf, stamping
from documents.audiences import PAPERS
from documents.forms import RequestForm
from documents.models import Document
from documents.queries import possible, readable, readable_of
from documents.scan import require_leaving

STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
TAGS = {
    Document.Status.WAITING: "",
    Document.Status.MADE: "green",
    Document.Status.BLOCKED: "red",
    Document.Status.FAILED: "red",
}


class Documents(pages.CasePage):
    """Every document of the case, newest first; superseded ones apart."""

    template_name = "documents/list.html"
    title = "Documents"
    place = "documents:list"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        rows = readable_of(user, self.case)
        may_make = lifecycle.REQUEST.offered(self.case, user)
        return super().get_context_data(
            living=rows.filter(superseded_at=None),
            superseded=rows.exclude(superseded_at=None),
            may_make=may_make and any(possible(self.case)),
            **kwargs,
        )


def open_document(request: HttpRequest, pk: UUID) -> Document:
    """One document through the door; one that the reader may not open is not there."""
    user: Any = request.user
    return policy.open_or_404(user, readable(user), pk)


class Detail(pages.Page):
    """How one document stands: made or not, of which bytes, for whom, from which form."""

    template_name = "documents/detail.html"
    title = "Document"
    document: Document

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.document = open_document(request, kwargs["pk"])
        user: Any = request.user
        by = self.document.asked_by
        again = f"{self.document.audience}/{self.document.kind}:{self.document.about_id}"
        return self.show(
            document=self.document,
            name=name_of(self.document),
            asked_by=names_of([by]).get(by, by),
            tag=TAGS[Document.Status(self.document.status)],
            again=again if lifecycle.REQUEST.offered(self.document.case, user) else "",
        )

    def case_of_page(self) -> Case:
        return self.document.case

    def places(self) -> tuple[str, ...]:
        return ("documents:list",)


def name_of(document: Document) -> str:
    """What kind of document it is, in words; its title where that kind is no longer known."""
    paper = PAPERS.get(f"{document.audience}/{document.kind}")
    return paper.name if paper else document.title


class Copy(pages.Page):
    """A copy that leaves the service, so the look is a disclosure. Superseded copies say so."""

    ending: str = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        document = self.find(request, kwargs["pk"])
        require_leaving(document)
        looks.note(
            looks.Look(
                verb="disclose",
                table=Document._meta.label_lower,
                row_id=str(document.pk),
                case_id=document.case_id,
                reason=f"{self.ending} for {document.audience}",
            )
        )
        return self.copy(document)

    def find(self, request: HttpRequest, pk: UUID) -> Document:
        """Through the reader's door: the case's, unless another room has one of its own."""
        return open_document(request, pk)

    def copy(self, document: Document) -> HttpResponse:
        raise Http404

    def file_name(self, document: Document) -> str:
        """TS-26-0147-interim-order.pdf: nothing of a person."""
        kind = document.kind.replace("_", "-")
        if document.kind == "order":
            kind = "interim-order" if document.snapshot["data"].get("interim") else "full-order"
        return f"{document.case.reference}-{kind}.{self.ending}"


class Pdf(Copy):
    """The PDF as it was made, byte for byte, unless something newer replaced it."""

    ending = "pdf"

    def copy(self, document: Document) -> HttpResponse:
        pdf = shelf.take(document)
        if document.superseded_at:
            pdf = stamping.stamped(pdf, document.superseded_at)
        name = self.file_name(document)
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class Html(Copy):
    """The same as a page that needs nothing from anywhere, for whoever cannot read PDFs well."""

    ending = "html"

    def copy(self, document: Document) -> HttpResponse:
        html = document.html
        if document.superseded_at:
            html = stamping.stamped_html(html, document.superseded_at)
        style = "".join(STYLE.findall(html))
        digest = base64.b64encode(sha256(style.encode()).digest()).decode()
        return HttpResponse(
            html,
            headers={
                "Content-Disposition": f'inline; filename="{self.file_name(document)}"',
                "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{digest}'; sandbox",
            },
        )


class Request(pages.OpeningView):
    """Ask for a document, or for one again after its facts have changed."""

    step = lifecycle.REQUEST
    act = lifecycle.request
    form_class = RequestForm
    title = "Make a document"
    button = "Make the document"
    done = "The document is asked for"
    success = "documents:list"

    def form_options(self) -> dict[str, Any]:
        return {"case": self.record}

    def initial(self) -> dict[str, Any]:
        return {"which": self.request.GET.get("which", "")}

    def get_success_url(self, result: Any = None) -> str:
        if isinstance(result, Document):
            return reverse("documents:detail", kwargs={"pk": result.pk})
        return super().get_success_url(result)


ACTS = (Request,)
