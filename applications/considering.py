"""What a condition does to religion, work and education, s2(3), in the words of the court's paper."""

from applications.library.slots import joined
from applications.models import ProposedCondition

ASPECTS = {
    "conflicts_with_religion": "conflict with the defendant’s religious beliefs",
    "interferes_with_work": "interfere with the times at which the defendant normally works",
    "interferes_with_education": "interfere with the times at which the defendant attends education",
}


def considered(condition: ProposedCondition) -> str:
    """s2(3), aspect by aspect: what somebody answered, and that nobody did."""
    said: dict[bool | None, list[str]] = {False: [], True: [], None: []}
    for name, words in ASPECTS.items():
        said[getattr(condition, name)].append(words)
    does, does_not, unknown = said[True], said[False], said[None]
    note = condition.interference_note.strip() if does else ""
    sentences = [
        f"It does {joined(does, 'and')}." if does else "",
        f"{note}{'' if note.endswith(('.', '!', '?')) else '.'}" if note else "",
        f"The applicant finds that it does not {joined(does_not, 'or')}." if does_not else "",
        f"Not yet considered: whether it would {joined(unknown, 'or')}." if unknown else "",
    ]
    return " ".join(filter(None, sentences))
