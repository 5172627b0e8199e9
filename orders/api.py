"""The API that is no act and no list: the order at a moment, and the order check."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import policy
from accounts.roles import Permission
from casework import clock, masks
from casework.api import problems
from casework.shapes import Moment
from orders import looking, queries
from orders.models import Order
from orders.queries import Reason
from orders.shapes import AnswerShape, AsAtShape, AskedShape, CardShape

MOMENT = OpenApiParameter("moment", str, description="With its offset; now, where it is left out.")
REASON = OpenApiParameter("reason", str, enum=[r.value for r in Reason], required=True)


class AsAtApi(APIView):
    """`GET /api/orders/<id>/as-at/?moment=2026-11-25T14:05:00+00:00`"""

    @extend_schema(
        operation_id="orders_as_at",
        parameters=[MOMENT],
        responses={200: AsAtShape, **problems(400, 403, 404, 422)},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        order = policy.open_or_404(request.user, Order.objects.select_related("case"), pk)  # type: ignore[arg-type]
        said = request.query_params.get("moment")
        try:
            moment = Moment().run_validation(said) if said else clock.now()
        except serializers.ValidationError as error:
            raise serializers.ValidationError({"moment": error.detail}) from error
        conditions = list(queries.as_at(order, moment))
        binding = queries.in_force(Order.objects.filter(pk=order.pk), moment).exists()
        facts = {
            "order": order.pk,
            "moment": moment,
            "in_force": binding,
            "conditions": conditions,
        }
        return Response(told(request, AsAtShape(facts), [order]))


class CheckApi(APIView):
    """`POST /api/order-check/`: a POST, because what is asked is personal."""

    @extend_schema(
        operation_id="order_check",
        request=AskedShape,
        responses={200: AnswerShape, **problems(400, 403, 422, 429)},
    )
    def post(self, request: Request) -> Response:
        user: Any = request.user
        policy.check_role(user, Permission.CHECK_ORDERS)
        asked = AskedShape(data=request.data)
        asked.is_valid(raise_exception=True)
        beyond = asked.validated_data.get("beyond", "")
        if limit := looking.limit_of(user):
            if not beyond:
                detail = f"You have made {limit.words}. Wait, or say in `beyond` why you go on."
                raise exceptions.Throttled(limit.seconds, detail)
            looking.go_on(user)
        answer = queries.check(
            user,
            asked.validated_data["text"],
            reason=Reason(asked.validated_data["reason"]),
            moment=clock.now(),
            beyond=beyond if limit else "",
        )
        return Response(told(request, AnswerShape(answer), [card.order for card in answer.cards]))


class CardApi(APIView):
    """`GET /api/order-check/<order>/?reason=live_incident`: one card."""

    @extend_schema(
        operation_id="order_card",
        parameters=[REASON],
        responses={200: CardShape, **problems(400, 403, 404, 422)},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        said = request.query_params.get("reason", "")
        if said not in set(Reason):
            raise serializers.ValidationError({"reason": ["Say why you look."]})
        order = queries.one(request.user, pk)  # type: ignore[arg-type]
        if order is None:
            raise Http404
        queries.note(order, Reason(said))
        card = CardShape(queries.card_of(order, request.user, clock.now()))  # type: ignore[arg-type]
        return Response(told(request, card, [order]))


def told(request: Request, shape: Any, orders: Iterable[Order]) -> Any:
    """The answer, each text of it as this reader may read it."""
    words = masks.words_for(request.user, {order.case_id for order in orders})
    return masks.values(words, shape.data, but=getattr(shape, "shown_as_it_is", ()))
