"""Words that more than one room's documents need."""

from accounts.models import Force

COMMISSIONERS = {
    "E23000001": "The Commissioner of Police of the Metropolis",
    "E23000034": "The Commissioner of Police for the City of London",
}


def police_name(force: Force) -> str:
    """The force as a document names it: North Wales Police."""
    return force.name if "police" in force.name.lower() else f"{force.name} Police"


def chief_officer_of(force: Force) -> str:
    """The applicant, by office: s1(1), s14(1)."""
    return COMMISSIONERS.get(force.code, f"The Chief Constable of {police_name(force)}")
