"""What the API shows of orders: named fields, never a whole row."""

from typing import Any, ClassVar

from rest_framework import serializers

from casework import clock
from orders.models import Condition, Correction, Order, Service, Variation
from orders.queries import BoundCard, living_service, wordings, words_at
from orders.queries.check import REASONS


class OrderedConditionShape(serializers.ModelSerializer[Condition]):
    class Meta:
        model = Condition
        fields: ClassVar[list[str]] = [
            "number",
            "wording",
            "kind",
            "text",
            "short",
            "locality",
            "own_last_day",
        ]


class ServiceShape(serializers.ModelSerializer[Service]):
    class Meta:
        model = Service
        fields: ClassVar[list[str]] = [
            "served_at",
            "method",
            "place",
            "served_by_name",
            "explained",
            "notification_explained",
            "acknowledgement",
        ]


class OrderShape(serializers.ModelSerializer[Order]):
    """An order, its conditions in force now, and its service."""

    conditions = serializers.SerializerMethodField()
    service = serializers.SerializerMethodField()
    wordings = serializers.SerializerMethodField()

    class Meta:
        model = Order
        fields: ClassVar[list[str]] = [
            "id",
            "case",
            "kind",
            "status",
            "origin",
            "court",
            "court_reference",
            "made_at",
            "last_day",
            "ended_at",
            "end_reason",
            "not_renewed_at",
            "replaces_interim",
            "findings",
            "version",
            "conditions",
            "service",
            "wordings",
        ]

    def get_conditions(self, order: Order) -> list[dict[str, Any]]:
        return list(OrderedConditionShape(words_at(order, clock.now()), many=True).data)

    def get_service(self, order: Order) -> dict[str, Any] | None:
        service = living_service(order)
        return dict(ServiceShape(service).data) if service else None

    def get_wordings(self, order: Order) -> list[dict[str, Any]]:
        return [
            {
                "wording": wording.key,
                "since": wording.since,
                "service": dict(ServiceShape(wording.service).data) if wording.service else None,
            }
            for wording in wordings(order)
        ]


class CorrectionShape(serializers.ModelSerializer[Correction]):
    """What was recorded of an order before it was put right, and since."""

    class Meta:
        model = Correction
        fields: ClassVar[list[str]] = [
            "id",
            "case",
            "order",
            "kind",
            "corrected_on",
            "reason",
            "before",
            "after",
            "give_again",
            "recorded_at",
        ]


class VariationShape(serializers.ModelSerializer[Variation]):
    class Meta:
        model = Variation
        fields: ClassVar[list[str]] = [
            "id",
            "case",
            "order",
            "kind",
            "code",
            "status",
            "applicant",
            "applied_on",
            "hearing_on",
            "asked_until",
            "residence_force",
            "lives_outside",
            "decided_at",
            "findings",
            "version",
        ]


class AsAtShape(serializers.Serializer[Any]):
    """The order at one moment."""

    order = serializers.UUIDField()
    moment = serializers.DateTimeField()
    in_force = serializers.BooleanField()
    conditions = OrderedConditionShape(many=True)


class AskedShape(serializers.Serializer[Any]):
    """One check. A POST, so that no name stands in an address."""

    text = serializers.CharField(max_length=200)
    reason = serializers.ChoiceField(choices=[(r.value, label) for r, label in REASONS.items()])
    beyond = serializers.CharField(
        max_length=200,
        required=False,
        help_text="After a 429: why you go on now. Professional standards are told.",
    )


class CardShape(serializers.Serializer[BoundCard]):
    """The card of one order: all that another force is told, which reads nobody in `protects`."""

    shown_as_it_is = ("name", "also")

    order = serializers.UUIDField(source="order.pk")
    name = serializers.CharField(source="person.full_name")
    born_on = serializers.DateField(source="person.born_on")
    also = serializers.ListField(child=serializers.CharField())
    warnings = serializers.CharField(source="person.warnings")
    kind = serializers.CharField(source="order.kind")
    in_force = serializers.BooleanField()
    made_at = serializers.DateTimeField(source="order.made_at")
    last_day = serializers.DateField(source="order.last_day")
    must_not = OrderedConditionShape(many=True)
    must = OrderedConditionShape(many=True)
    served_at = serializers.DateTimeField(source="service.served_at", default=None)
    words_not_served_since = serializers.DateTimeField(source="not_served.since", default=None)
    force = serializers.CharField(source="order.force.name")
    contact = serializers.EmailField(source="order.force.duty_inbox")
    reference = serializers.CharField(source="order.case.reference")
    protects = serializers.ListField(child=serializers.CharField())


class LineShape(serializers.Serializer[Any]):
    order = serializers.UUIDField(source="order.pk")
    name = serializers.CharField(source="person.full_name")
    born_on = serializers.DateField(source="person.born_on")
    kind = serializers.CharField(source="order.kind")
    in_force = serializers.BooleanField()
    change_not_served = serializers.BooleanField(source="not_served")
    force = serializers.CharField(source="order.force.name")


class AnswerShape(serializers.Serializer[Any]):
    shown_as_it_is = tuple(f"cards.{name}" for name in CardShape.shown_as_it_is)

    people = serializers.IntegerField()
    cards = CardShape(many=True)
    others = LineShape(many=True)
    alike = LineShape(many=True)
