"""What happens once more is told once more; who was told of a matter is who it is for, in its case."""

from django.db import migrations, models

from casework.repeated import repeats, told

TELLING = "contact_telling"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0013_what_one_person_did'),
        ('casework', '0007_what_must_never_be'),
        ('contact', '0004_told_of_an_arrest'),
        ('people', '0010_find_by_birth'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='matter',
            name='person_told_once_of_a_matter',
        ),
        migrations.AddField(
            model_name='matter',
            name='nth',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name='matter',
            name='kind',
            field=models.CharField(choices=[('declined', 'that the police decided not to apply'), ('reopened', 'that the decision not to apply does not stand'), ('listed', 'when the court meets'), ('vacated', 'that the court does not meet on that day'), ('adjourned', 'that the court put the hearing off'), ('put_right', 'that a result was recorded wrongly'), ('no_interim', 'that the court did not make a temporary order'), ('refused', 'that the court did not make an order'), ('withdrawn', 'that the application was withdrawn'), ('made', 'that the court made an order'), ('served', 'that the order was served'), ('service', 'that service was recorded wrongly'), ('varied', 'that the court changed the order'), ('renewed', 'that the court renewed the order'), ('not_changed', 'that the order stays as it was'), ('corrected', 'that the order was recorded wrongly'), ('ending', 'that the order is about to end'), ('ended', 'that the order has ended'), ('breach', 'of the reported breach, safely'), ('arrested', 'of the arrest'), ('decided', 'what was decided about the breach')], max_length=11),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.UniqueConstraint(fields=('case', 'person', 'kind', 'about_id', 'of_day', 'nth'), name='person_told_once_of_a_matter', nulls_distinct=False),
        ),
        told(TELLING, "case_id"),
        told(TELLING, "person_id"),
        repeats("contact_matter", "case_id", key="telling_id", of=TELLING),
        repeats("contact_matter", "person_id", key="telling_id", of=TELLING),
    ]
