"""What the pages ask, by subject."""

from applications.forms.assigning import AssignForm, LiftForm, RestrictForm
from applications.forms.conditions import (
    ChooseConditionForm,
    ConditionForm,
    MoveConditionForm,
)
from applications.forms.correcting import CorrectForm, CorrectPartyForm
from applications.forms.court import (
    CorrectResultForm,
    HearingForm,
    LodgeForm,
    ResultForm,
    TakeBackResultForm,
    VacateForm,
    WithdrawForm,
)
from applications.forms.deciding import AuthorityForm, DecideForm, ReopenForm, RequestForm
from applications.forms.likening import OtherRecordForm
from applications.forms.people import (
    AddressForm,
    DetailForm,
    IdentifierForm,
    LeaveAddressForm,
    NameForm,
    PartyForm,
    ReleaseForm,
    RemoveIdentifierForm,
    RemoveNameForm,
    RemovePartyForm,
    SafeContactForm,
    SubjectForm,
)
from applications.forms.sections import (
    ActForm,
    AreaForm,
    ConsultationForm,
    DurationForm,
    NecessityForm,
    OtherOrdersForm,
    RiskForm,
)

__all__ = [
    "ActForm",
    "AddressForm",
    "AreaForm",
    "AssignForm",
    "AuthorityForm",
    "ChooseConditionForm",
    "ConditionForm",
    "ConsultationForm",
    "CorrectForm",
    "CorrectPartyForm",
    "CorrectResultForm",
    "DecideForm",
    "DetailForm",
    "DurationForm",
    "HearingForm",
    "IdentifierForm",
    "LeaveAddressForm",
    "LiftForm",
    "LodgeForm",
    "MoveConditionForm",
    "NameForm",
    "NecessityForm",
    "OtherOrdersForm",
    "OtherRecordForm",
    "PartyForm",
    "ReleaseForm",
    "RemoveIdentifierForm",
    "RemoveNameForm",
    "RemovePartyForm",
    "ReopenForm",
    "RequestForm",
    "RestrictForm",
    "ResultForm",
    "RiskForm",
    "SafeContactForm",
    "SubjectForm",
    "TakeBackResultForm",
    "VacateForm",
    "WithdrawForm",
]
