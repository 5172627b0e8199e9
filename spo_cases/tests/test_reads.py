"""What programs read names each field: a new one of a model never leaves the house by itself."""

from typing import Any

import pytest
from rest_framework.serializers import ModelSerializer

from spo_cases.tests.test_acts import VIEWS

SHAPES = {
    shape
    for view in VIEWS
    if (shape := getattr(getattr(view, "cls", None), "shape", None)) and isinstance(shape, type)
}


def nested(shape: Any) -> set[Any]:
    """The shapes inside a shape, and itself."""
    inside = (getattr(field, "child", field) for field in shape._declared_fields.values())
    found = {type(field) for field in inside if hasattr(field, "_declared_fields")}
    return {shape}.union(*(nested(one) for one in found))


MODELS = {one for shape in SHAPES for one in nested(shape) if issubclass(one, ModelSerializer)}


def test_there_are_shapes() -> None:
    assert len(MODELS) > 5


@pytest.mark.parametrize("shape", sorted(MODELS, key=str), ids=lambda shape: shape.__name__)
def test_a_shape_names_its_fields(shape: Any) -> None:
    assert not hasattr(shape.Meta, "exclude")
    assert isinstance(shape.Meta.fields, tuple | list)
