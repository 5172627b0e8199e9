"""Gender becomes one of four answers. What was typed and is none of them is not known: nobody guesses."""

from typing import Any

from django.db import migrations, models

from audit.actor import acting_as

SAID = {
    "male": ("m", "male", "man", "boy"),
    "female": ("f", "female", "woman", "girl"),
    "other": ("other", "neither", "non-binary", "nonbinary", "non binary", "x"),
}
MEANT = {word: gender for gender, words in SAID.items() for word in words}


def choose(apps: Any, schema_editor: Any) -> None:
    """The log keeps what was typed before."""
    person = apps.get_model("people", "Person")
    with acting_as("system:migration"):
        typed = person.objects.order_by().values_list("gender", flat=True).distinct()
        for text in list(typed):
            meant = MEANT.get(text.strip().lower(), "unknown")
            if meant != text:
                person.objects.filter(gender=text).update(gender=meant)


class Migration(migrations.Migration):
    dependencies = [("people", "0008_hide_free_words")]

    operations = [
        migrations.RunPython(choose, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="person",
            name="gender",
            field=models.CharField(
                choices=[
                    ("male", "Male"),
                    ("female", "Female"),
                    ("other", "Neither"),
                    ("unknown", "Not known"),
                ],
                default="unknown",
                max_length=7,
            ),
        ),
    ]
