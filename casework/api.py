"""The API of every act and record: the same form, the same act and the same door as the page.

    api_urlpatterns = [*api.urls_for(ACTS), *api.reads(Order, OrderShape)]        # in a room's urls.py

`POST /api/orders/<id>/serve/` takes the form's fields as JSON: dates as "2026-11-25", moments with
their offset (kept to the minute), yes and no as true and false, records by id. `Idempotency-Key` makes
a repeated request one act; `If-Match: "3"` (or `"version": 3`) refuses a change to something that
others changed since. `GET /api/orders/<id>/` and `GET /api/orders/` read.
"""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db.models import Model, QuerySet
from django.forms import Form
from django.urls import URLPattern, path
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import policy
from accounts.roles import Permission
from casework import masks, once, paging
from casework.errors import Refused
from casework.forms import as_data
from casework.lifecycle import Opening, case_id_of
from casework.pages import ActView
from casework.routes import plural_of, slug
from casework.screens import rows_of
from casework.shapes import schema_of, typed_values
from casework.typed import refuse, seen

KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="The same key again is the same act.",
)
MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The version that the caller saw."
)
CURSOR = OpenApiParameter("cursor", str, description="From `next` or `previous` of another page.")


class SignedIn(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How `accounts.tokens.SessionOrToken` is described."""

    target_class = "accounts.tokens.SessionOrToken"
    name = ["token", "session"]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, str]]:
        return [
            {
                "type": "apiKey",
                "in": "header",
                "name": "Authorization",
                "description": 'A key of `manage.py api_token`, as "Token <key>".',
            },
            {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
        ]


Problem = inline_serializer(  # RFC 9457
    "Problem",
    {
        "type": serializers.CharField(),
        "title": serializers.CharField(),
        "status": serializers.IntegerField(),
        "detail": serializers.CharField(),
        "errors": serializers.DictField(child=serializers.ListField(), required=False),
    },
)


def problems(*codes: int) -> dict[Any, Any]:
    """What else an address may answer, for OpenAPI; that it asks for sign-in goes without saying."""
    return {(code, "application/problem+json"): Problem for code in codes}


class Done(serializers.Serializer[Any]):
    """The record after the act."""

    id = serializers.UUIDField()
    case = serializers.UUIDField()
    reference = serializers.CharField(required=False)
    status = serializers.CharField(required=False)
    version = serializers.IntegerField(required=False)


class ActApi(APIView):
    """One act of a room, as its page declares it."""

    page: ClassVar[type[ActView]]

    def take(self, request: Request, pk: UUID | None) -> Response:
        """The answer to one request, the same for the same Idempotency-Key."""
        body = request.data
        if not isinstance(body, dict):
            raise serializers.ValidationError({"": ["The body must be an object."]})
        key = request.headers.get("Idempotency-Key", "")
        given = once.answer(
            lambda: self.submitted(request, pk, dict(body)),
            key=f"api:{key}" if key else "",
            username=request.user.get_username(),
            route=request.path,
            body=body,
            wait=False,
            door=lambda: self.door(request, pk),
        )
        return Response(given.body, status=given.status)

    def door(self, request: Request, pk: UUID | None) -> None:
        """Whether the user may still see what the act was done to. Raises Http404."""
        if pk is not None:
            page = self.page()
            page.setup(request._request)
            user: Any = request.user
            policy.open_or_404(user, page.rows(), pk, page.door)

    def submitted(self, request: Request, pk: UUID | None, body: dict[str, Any]) -> once.Answer:
        """The act, inside the submit's transaction."""
        page = self.page()
        page.setup(request._request)
        page.open(pk)
        version = version_of(request, body)
        blank = page.form()
        typed = typed_values(blank, body)
        sent = as_data(blank, typed)
        form = page.filled(as_data(blank, standing(page, blank) | typed))
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        try:
            result = page.done_with(form, sent, version=version)
        except Refused as no:
            refuse(form, no)
            raise serializers.ValidationError(form.errors) from no
        record = result if isinstance(result, Model) else page.record
        status = 201 if isinstance(page.step, Opening) else 200
        return once.Answer(status, body=page.shape(record) if record is not None else {})


def standing(page: ActView, blank: Form) -> dict[str, Any]:
    """What a field says that a program leaves out, as a page that is sent untouched says it: else an act
    that changes a record would empty what nobody meant to.
    """
    if not page.keeps_omitted:
        return {}
    return {name: value for name, value in blank.initial.items() if name in blank.fields}


def version_of(request: Request, body: dict[str, Any]) -> int | None:
    """The version that the caller saw, from If-Match or the body; None where it did not say."""
    said = body.pop("version", None)
    if said is None:
        said = request.headers.get("If-Match", "").removeprefix("W/").strip('"')
    if said in ("", "*"):
        return None
    if isinstance(said, bool) or (found := seen(str(said))) is None:
        raise serializers.ValidationError({"version": ["Must be a whole number."]})
    return found


def urls_for(acts: Iterable[type[ActView]]) -> list[URLPattern]:
    """`POST <plural>/<id>/<act>/` for each act; without the id where nothing is there yet."""
    return [path(act_route(page), api_of(page), name=act_name(page)) for page in acts]


def act_name(page: type[ActView]) -> str:
    room = page.__module__.partition(".")[0]
    return f"{room}-{page.url_name or page.step.name}"


def act_route(page: type[ActView]) -> str:
    act = slug(page.url_name or page.step.name)
    if page.model is None:
        return f"{page.plural or page.__module__.partition('.')[0]}/{act}/"
    return f"{page.plural or plural_of(page.model)}/<uuid:pk>/{act}/"


def api_of(page: type[ActView]) -> Any:
    """The view of one act, described for OpenAPI."""
    name = "".join(part.title() for part in act_name(page).replace("-", "_").split("_"))

    @extend_schema(
        operation_id=act_name(page).replace("-", "_"),
        summary=page.title or page.step.phrase.capitalize(),
        parameters=[KEY, MATCH],
        request=schema_of(f"{name}Body", page.form_class),
        responses={
            201 if isinstance(page.step, Opening) else 200: Done,
            **problems(400, 403, 404, 409, 422),
        },
    )
    def post(self: ActApi, request: Request, pk: UUID | None = None) -> Response:
        return self.take(request, pk)

    view: type[APIView] = type(f"{name}Api", (ActApi,), {"page": page, "post": post})
    return view.as_view()


class ReadApi(APIView):
    """One record, through the door; or the list of them."""

    model: ClassVar[type[Model]]
    shape: ClassVar[type[serializers.BaseSerializer[Any]]]
    door: ClassVar[Permission] = Permission.VIEW_CASE
    order: ClassVar[str] = "pk"
    readable: ClassVar[Callable[[Any], QuerySet[Any]] | None] = None

    def rows(self, user: Any) -> QuerySet[Any]:
        """Where records are looked for: by the room's own reading rule, where it has one."""
        own = type(self).readable
        return own(user) if own else rows_of(self.model)

    def one(self, request: Request, pk: UUID) -> Response:
        record = policy.open_or_404(request.user, self.rows(request.user), pk, self.door)  # type: ignore[arg-type]
        headers = {"ETag": f'"{record.version}"'} if hasattr(record, "version") else {}
        return Response(self.told([record], request)[0], headers=headers)

    def told(self, records: list[Any], request: Request) -> list[Any]:
        """The records in their shape, each text of them as this reader may read it."""
        shape: Any = self.shape
        told = shape(records, many=True, context={"request": request}).data
        but = getattr(shape, "shown_as_it_is", ())
        words = masks.words_of_each(request.user, {case_id_of(record) for record in records})
        return [
            masks.values(words[case_id_of(record)], one, but=but)
            for record, one in zip(records, told, strict=True)
        ]

    def many(self, request: Request) -> Response:
        """The records that the caller may see, by keyset."""
        rows = policy.visible(request.user, self.rows(request.user), self.door)  # type: ignore[arg-type]
        try:
            found = paging.Keyset(rows, self.order).page(request.query_params.get("cursor", ""))
        except paging.BadCursor as error:
            raise serializers.ValidationError({"cursor": [str(error)]}) from error
        return Response(
            {
                "results": self.told(found.rows, request),
                "next": found.next,
                "previous": found.previous,
            }
        )


def reads(
    model: type[Model],
    shape: type[serializers.Serializer[Any]],
    *,
    order: str,
    door: Permission = Permission.VIEW_CASE,
    rows: Callable[[Any], QuerySet[Any]] | None = None,
) -> list[URLPattern]:
    """`GET <plural>/` and `GET <plural>/<id>/`, with a serializer that names each field it shows.

    rows  the room's reading rule, user -> queryset, where not every record of a case that may be seen
          may be read
    """
    plural, name = plural_of(model), model.__name__
    facts = {"model": model, "shape": shape, "order": order, "door": door}
    facts["readable"] = staticmethod(rows) if rows else None

    @extend_schema(operation_id=f"{plural}_read", responses={200: shape, **problems(400, 403, 404)})
    def one(self: ReadApi, request: Request, pk: UUID) -> Response:
        return self.one(request, pk)

    @extend_schema(
        operation_id=f"{plural}_list",
        parameters=[CURSOR],
        responses={200: page_of(shape), **problems(400, 403, 404, 422)},
    )
    def many(self: ReadApi, request: Request) -> Response:
        return self.many(request)

    read: type[APIView] = type(f"{name}Read", (ReadApi,), facts | {"get": one})
    listed: type[APIView] = type(f"{name}List", (ReadApi,), facts | {"get": many})
    return [
        path(f"{plural}/<uuid:pk>/", read.as_view(), name=f"{plural}-read"),
        path(f"{plural}/", listed.as_view(), name=f"{plural}-list"),
    ]


def page_of(shape: type[serializers.Serializer[Any]]) -> type[serializers.Serializer[Any]]:
    """A page of records, for OpenAPI."""
    return type(
        f"{shape.__name__}Page",
        (serializers.Serializer,),
        {
            "results": shape(many=True),
            "next": serializers.CharField(allow_blank=True),
            "previous": serializers.CharField(allow_blank=True),
        },
    )
