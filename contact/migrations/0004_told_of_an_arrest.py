"""A protected person is told that he was arrested."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contact', '0003_no_temporary_order'),
    ]

    operations = [
        migrations.AlterField(
            model_name='matter',
            name='kind',
            field=models.CharField(choices=[('declined', 'that the police decided not to apply'), ('listed', 'when the court meets'), ('vacated', 'that the court does not meet on that day'), ('adjourned', 'that the court put the hearing off'), ('put_right', 'that a result was recorded wrongly'), ('no_interim', 'that the court did not make a temporary order'), ('refused', 'that the court did not make an order'), ('withdrawn', 'that the application was withdrawn'), ('made', 'that the court made an order'), ('served', 'that the order was served'), ('varied', 'that the court changed the order'), ('renewed', 'that the court renewed the order'), ('not_changed', 'that the order stays as it was'), ('corrected', 'that the order was recorded wrongly'), ('ending', 'that the order is about to end'), ('ended', 'that the order has ended'), ('breach', 'of the reported breach, safely'), ('arrested', 'of the arrest'), ('decided', 'what was decided about the breach')], max_length=11),
        ),
    ]
