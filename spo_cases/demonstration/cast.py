"""Four forces that do not exist, their people, courts and stations. One password opens every account."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import Force, Organisation, Rank, Unit, User
from accounts.roles import Role
from applications.models import Court
from audit.actor import acting_as
from notifications.models import Station

PASSWORD = settings.DEMONSTRATION_PASSWORD
ACTOR = "command:demo"
FORCES = (
    ("X23000001", "Testshire Police", "TS", "Testham"),
    ("X23000002", "Sampleford Constabulary", "SMP", "Sampleford"),
    ("X23000003", "Mockshire Police", "MOC", "Mockbridge"),
    ("W99000004", "Heddlu Enghraifft Police", "HEN", "Tre Ffug"),
)
NAMED = {
    "officer": ("DC", "Priya Mockley", Rank.CONSTABLE),
    "officer2": ("DC", "Idris Fictional", Rank.CONSTABLE),
    "officer3": ("PC", "Ann Ffugiwr", Rank.CONSTABLE),
    "lead": ("DI", "Helen Sampleford", Rank.INSPECTOR),
    "superintendent": ("Supt", "Angela Exemplar", Rank.SUPERINTENDENT),
    "legal": ("", "Jo Clerkwell", Rank.STAFF),
    "manager": ("PC", "Tom Placeholder", Rank.CONSTABLE),
    "control": ("", "Nightly Desk", Rank.STAFF),
    "analyst": ("", "Ada Tallyman", Rank.STAFF),
    "administrator": ("", "Sam Keyholder", Rank.STAFF),
    "auditor": ("", "Vera Checkwell", Rank.STAFF),
    "dpo": ("", "Glyn Datashaw", Rank.STAFF),
    "standards": ("DCI", "Nell Standish", Rank.CHIEF_INSPECTOR),
}
ROLES = {
    "officer": Role.OFFICER,
    "officer2": Role.OFFICER,
    "officer3": Role.OFFICER,
    "lead": Role.STALKING_LEAD,
    "superintendent": Role.AUTHORISING_OFFICER,
    "legal": Role.LEGAL,
    "manager": Role.OFFENDER_MANAGER,
    "control": Role.CONTROL_ROOM,
    "analyst": Role.ANALYST,
    "administrator": Role.FORCE_ADMINISTRATOR,
    "auditor": Role.AUDITOR,
    "dpo": Role.DATA_PROTECTION_OFFICER,
    "standards": Role.PROFESSIONAL_STANDARDS,
}
OTHERS = {
    "SMP": {
        "officer": "Rhodri Samplson",
        "lead": "Marian Ffugson",
        "superintendent": "Colin Specimen",
        "legal": "Asha Draftwell",
        "manager": "Leon Mockford",
        "control": "Evening Desk",
    },
    "MOC": {
        "officer": "Beth Exampleton",
        "lead": "Omar Testwick",
        "superintendent": "Ruth Modelling",
        "legal": "Piers Clauseby",
        "manager": "Dana Fakenham-Test",
        "control": "Early Desk",
    },
    "HEN": {
        "officer": "Siân Enghraifft",
        "lead": "Gwenllian Ffug",
        "superintendent": "Ieuan Profiad",
        "legal": "Mair Gyfraith",
        "manager": "Osian Sampl",
        "control": "Desg y Nos",
    },
}


@dataclass(frozen=True)
class Cast:
    """One force's people, by what they do; its court and its station."""

    force: Force
    users: dict[str, User]
    court: Court
    station: Station
    advocate: User

    def __getitem__(self, part: str) -> User:
        return self.users[part]


def assemble() -> list[Cast]:
    """The whole cast, made once; Testshire first. Accounts share one password hash."""
    hashed = make_password(PASSWORD)
    with transaction.atomic(), acting_as(ACTOR):
        advocates = _advocates(hashed)
        cast = [
            _force(number, facts, hashed, advocates[number % len(advocates)])
            for number, facts in enumerate(FORCES)
        ]
        for advocate in advocates:
            advocate.keeping_force = cast[0].force
            advocate.save(update_fields=["keeping_force"])
        return cast


def _advocates(hashed: str) -> list[User]:
    made = []
    for username, name, body in (
        ("advocate", "N. Helpwell", "Testshire Advocacy"),
        ("advocate.other", "B. Sidekick", "Cymorth Enghraifft"),
    ):
        organisation = Organisation.objects.create(name=body)
        user = _user(username, "", name, Role.ADVOCATE, hashed, organisation=organisation)
        made.append(user)
    return made


def _force(number: int, facts: tuple[str, str, str, str], hashed: str, advocate: User) -> Cast:
    code, name, prefix, town = facts
    inbox = f"duty.{prefix.lower()}@police.invalid"
    force = Force.objects.create(code=code, name=name, prefix=prefix, duty_inbox=inbox)
    phone = f"01632 960 {199 + number * 20:03d}"  # numbers that Ofcom keeps for fiction
    unit = Unit.objects.create(
        force=force, name="Stalking unit", phone=phone, hours="day and night"
    )
    users: dict[str, User] = {}
    # the lead first: the others' line manager
    for part in sorted(OTHERS.get(prefix, NAMED), key=lambda part: part != "lead"):
        title, person, rank = NAMED[part]
        suffix = "" if number == 0 else f".{prefix.lower()}"
        users[part] = _user(
            f"{part}{suffix}",
            title,
            OTHERS.get(prefix, {}).get(part, person),
            ROLES[part],
            hashed,
            force=force,
            unit=unit,
            rank=rank,
            phone=f"01632 960 {100 + number * 20 + len(users):03d}",
            line_manager=users.get("lead"),
        )
    if number == 0:
        other = Unit.objects.create(force=force, name="North CID")
        users["other_unit"] = _user(
            "officer.north",
            "DC",
            "Sara Mocktree",
            Role.OFFICER,
            hashed,
            force=force,
            unit=other,
            line_manager=users["lead"],
        )
    return Cast(
        force,
        users,
        Court.objects.create(name=f"{town} Magistrates’ Court", area=force),
        Station.objects.create(force=force, name=f"{town} police station"),
        advocate,
    )


def _user(username: str, title: str, name: str, role: Role, hashed: str, **more: object) -> User:
    user = User(
        username=username,
        title=title,
        name=name,
        role=role,
        email=f"{username}@police.invalid",
        is_demonstration=True,
        password=hashed,
        **more,
    )
    user.full_clean()
    user.save(force_insert=True)
    return user
