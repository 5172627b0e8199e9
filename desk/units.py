"""How a force's units are reached: their administrator says it, once for every page."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model
from django.shortcuts import get_object_or_404

from accounts import actions as accounts
from accounts import queries
from accounts.models import Unit
from accounts.roles import Permission
from casework.lifecycle import Opening
from desk.administration import Administering
from desk.forms import UnitForm


class EditUnit(Administering):
    """The name of a unit, its number and its hours."""

    model: ClassVar[type[Model] | None] = Unit
    keeps_omitted = True
    step = Opening("edit_unit", "", Permission.MANAGE_ACCOUNTS, "change a unit")
    act = accounts.edit_unit
    form_class = UnitForm
    title = "Change a unit"
    button = "Save"
    done = "The unit is changed"

    def find(self, pk: UUID) -> Any:
        return get_object_or_404(queries.units_of(self.request.user), pk=pk)  # type: ignore[arg-type]

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in self.form_class.base_fields}


ACTS = (EditUnit,)
