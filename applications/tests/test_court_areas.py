"""The starter list's courts lie in areas of England and Wales, each said where it is certain alone."""

import pytest

from accounts.models import Force
from applications.models import Court

AREAS = {
    "Cheltenham Magistrates’ Court": "Gloucestershire",
    "Highbury Corner Magistrates’ Court": "Metropolitan Police",
    "Hull Magistrates’ Court": "Humberside",
    "Newport Magistrates’ Court": None,  # in Gwent, or on the Isle of Wight
    "Swansea Magistrates’ Court": "South Wales",
}


@pytest.mark.django_db
def test_the_courts_that_ship_have_their_area_where_it_is_certain() -> None:
    known = {c.name: c.area and c.area.name for c in Court.objects.select_related("area")}
    assert {name: known[name] for name in AREAS} == AREAS
    assert [name for name, area in known.items() if area is None] == ["Newport Magistrates’ Court"]
    kinds = Force.objects.filter(pk__in=Court.objects.values("area")).values_list("kind", flat=True)
    assert set(kinds) == {Force.Kind.TERRITORIAL}
