from typing import Any

from django.db import migrations, models

from people.queries import tokens_of_address


def write_tokens(apps: Any, schema_editor: Any) -> None:
    """Everybody who is known is found by the lines of an address from now on."""
    address, token = apps.get_model("people", "Address"), apps.get_model("people", "Token")
    rows = address.objects.select_related("person").iterator(chunk_size=1000)
    for row in rows:
        written = ", ".join(part for part in (row.lines, row.postcode) if part)
        token.objects.bulk_create(
            (
                token(person=row.person, force_id=row.person.force_id, kind=kind, text=text[:100])
                for kind, text in sorted(tokens_of_address(written))
                if text
            ),
            ignore_conflicts=True,
        )


def forget_tokens(apps: Any, schema_editor: Any) -> None:
    apps.get_model("people", "Token").objects.filter(kind="address").delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0003_hide_how_to_reach")]

    operations = [
        migrations.AlterField(
            model_name="token",
            name="kind",
            field=models.CharField(
                choices=[
                    ("name", "Name"),
                    ("sound", "Sound"),
                    ("phone", "Phone"),
                    ("postcode", "Postcode"),
                    ("address", "Address"),
                    ("plate", "Plate"),
                    ("account", "Account"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunPython(write_tokens, forget_tokens),
    ]
