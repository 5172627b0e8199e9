"""The parts of an application, each on a page of its own, and the acts of stalking."""

from typing import Any

from applications import forms, lifecycle
from applications.models import Application, StalkingAct
from casework import frame, pages


class SectionView(pages.StepView):
    """One part. Saving half of it is fine; only sending waits."""

    keeps_omitted = True
    model = Application
    act = lifecycle.save_section
    template_name = "applications/section.html"
    button = "Save and continue"
    done = "Saved"
    success = "applications:overview"
    place = "applications:overview"

    def arguments(self, form: Any) -> dict[str, Any]:
        return dict(form.cleaned_data) | {"section": self.url_name}


class Area(SectionView):
    step = lifecycle.EDIT
    form_class = forms.AreaForm
    title = "The tie to this force's area"
    url_name = "area"


class Risk(SectionView):
    step = lifecycle.EDIT
    form_class = forms.RiskForm
    title = "Risk"
    url_name = "risk"


class Necessity(SectionView):
    step = lifecycle.EDIT
    form_class = forms.NecessityForm
    title = "Why an order is necessary"
    url_name = "necessity"


class Consultation(SectionView):
    step = lifecycle.EDIT
    form_class = forms.ConsultationForm
    title = "Consult the protected person or their advocate"
    url_name = "consultation"


class OtherOrders(SectionView):
    step = lifecycle.EDIT
    form_class = forms.OtherOrdersForm
    title = "Other orders, bail and proceedings"
    url_name = "other_orders"


class Duration(SectionView):
    step = lifecycle.EDIT
    form_class = forms.DurationForm
    title = "Length, and whether to ask for an interim order"
    url_name = "duration"


class AddAct(pages.StepView):
    model = Application
    step = lifecycle.EDIT
    act = lifecycle.add_act
    form_class = forms.ActForm
    template_name = "applications/acts.html"
    title = "Acts of stalking"
    button = "Add this act"
    done = "The act is added"
    place = "applications:overview"
    url_name = "add_act"

    def initial(self) -> dict[str, Any]:
        return {}

    def get_success_url(self, result: Any = None) -> str:
        return frame.address("applications:add_act", pk=self.record.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(acts=self.record.acts.all(), **kwargs)


class OneActView(pages.StepView):
    """One act that is recorded."""

    model = StalkingAct
    place = "applications:overview"
    plural = "acts"
    template_name = "applications/part.html"

    def rows(self) -> Any:
        return StalkingAct.objects.select_related("case", "application")

    def get_success_url(self, result: Any = None) -> str:
        return frame.address("applications:add_act", pk=self.record.application_id)


class EditAct(OneActView):
    keeps_omitted = True
    step = lifecycle.EDIT
    act = lifecycle.edit_act
    form_class = forms.ActForm
    template_name = "applications/act.html"
    title = "Change an act of stalking"
    button = "Save"
    done = "The act is saved"
    url_name = "edit_act"


class RemoveAct(OneActView):
    step = lifecycle.EDIT
    act = lifecycle.remove_act
    title = "Remove this act from the application"
    button = "Remove the act"
    done = "The act is removed"
    warning = True
    url_name = "remove_act"


ACTS = (
    Area,
    Risk,
    Necessity,
    Consultation,
    OtherOrders,
    Duration,
    AddAct,
    EditAct,
    RemoveAct,
)
