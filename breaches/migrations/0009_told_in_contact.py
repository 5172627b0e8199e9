"""Who was told of a breach stands with all else that a protected person is told, clocks and all."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import migrations
from django.utils import timezone

from audit.actor import acting_as

KIND = "tell_protected_person"
PROTECTED = ("protected", "both")
LIMIT = timedelta(hours=2)


def move(apps: Any, schema_editor: Any) -> None:
    """Each protected person of a breach has a matter: told as it was recorded, or with its clock."""
    with acting_as("system:migration"):
        for breach in apps.get_model("breaches", "Breach").objects.order_by("case_id", "number"):
            _move(apps, breach)


def _move(apps: Any, breach: Any) -> None:
    deadlines = apps.get_model("casework", "Deadline").objects
    rows = deadlines.filter(case=breach.case_id, kind=KIND, about_id=breach.pk)
    clock = rows.filter(done_at=None).first()
    until = rows.values_list("due_at", flat=True).first() or breach.reported_at + LIMIT
    parties = apps.get_model("casework", "Party").objects.filter(
        case=breach.case_id, role__in=PROTECTED
    )
    told = {row.person_id: row for row in breach.tellings.order_by("told_at")}
    people = [*parties.order_by("called", "pk").values_list("person_id", flat=True)]
    if not told and breach.victim_told_at is None and clock is None:
        return  # nobody was ever asked to tell anybody
    for person in dict.fromkeys([*told, *people]) or [None]:
        matter = _matter(apps, breach, person, until)
        row = told.get(person)
        if row is not None:
            _told(apps, matter, row.told_at, row.told_by, row.how)
        elif breach.victim_told_at is not None and not told:
            at, how = breach.victim_told_at, breach.victim_told_how
            _told(apps, matter, at, breach.victim_told_by, how)
        elif breach.victim_told_at is not None:
            matter.status, matter.settled_at = "overtaken", timezone.now()
        matter.save(force_insert=True)
        if matter.status == "waiting" and clock is not None:
            clock.about_id = matter.pk
            clock.path = f"/contact/matters/{matter.pk}/tell/"
            clock.save()
            clock.pk, clock._state.adding = uuid.uuid4(), True  # the next person's is a copy


def _matter(apps: Any, breach: Any, person: Any, until: Any) -> Any:
    return apps.get_model("contact", "Matter")(
        case_id=breach.case_id,
        force_id=breach.force_id,
        person_id=person,
        kind="breach",
        about_id=breach.pk,
        happened_at=breach.reported_at,
        due_at=until,
        whole_day=False,
    )


def _told(apps: Any, matter: Any, told_at: Any, by: Any, how: str) -> None:
    matter.telling = apps.get_model("contact", "Telling").objects.create(
        case_id=matter.case_id,
        force_id=matter.force_id,
        person_id=matter.person_id,
        status="told",
        told_at=told_at,
        told_by_name=f"{by.title} {by.name}".strip(),
        how="other",
        other_way=how,
        recorded_by=by,
    )
    matter.status, matter.settled_at = "told", told_at


class Migration(migrations.Migration):

    dependencies = [
        ('breaches', '0008_what_must_never_be'),
        ('casework', '0006_officer_of_a_clock'),
        ('contact', '0001_what_she_is_told'),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='telling',
            name='breach',
        ),
        migrations.RemoveField(
            model_name='telling',
            name='case',
        ),
        migrations.RemoveField(
            model_name='telling',
            name='person',
        ),
        migrations.RemoveField(
            model_name='telling',
            name='told_by',
        ),
        migrations.RemoveConstraint(
            model_name='breach',
            name='victim_told_at_and_by_together',
        ),
        migrations.RemoveField(
            model_name='breach',
            name='victim_told_at',
        ),
        migrations.RemoveField(
            model_name='breach',
            name='victim_told_by',
        ),
        migrations.RemoveField(
            model_name='breach',
            name='victim_told_how',
        ),
        migrations.DeleteModel(
            name='Telling',
        ),
    ]
