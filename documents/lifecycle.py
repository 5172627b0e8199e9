"""What people do with documents: they ask for one. The worker makes it, and nobody edits it."""

from django.db import transaction

from accounts import policy
from accounts.models import Actor
from accounts.roles import Permission
from casework.errors import Refused
from casework.lifecycle import Opening, lock
from casework.models import Case
from documents.actions import request as request_document
from documents.models import Document
from documents.queries import find_possible

REQUEST = Opening("request", Document.Status.WAITING, Permission.MAKE_DOCUMENT, "make a document")
STEPS = (REQUEST,)


def request(case: Case, *, by: Actor, which: str) -> Document:
    """Ask for a document of one of the case's records, as its facts are now.

    which  "court/application:<id>", as `queries.possible` names it
    """
    policy.check(by, REQUEST.needs, case)
    with transaction.atomic():
        lock(case.pk)
        wanted = find_possible(case, which)
        if wanted is None:
            raise Refused("which", "Select a document that can be made of this case")
        data = wanted.paper.of(wanted.record)
        return request_document(case, data, about_id=wanted.record.pk, by=by)
