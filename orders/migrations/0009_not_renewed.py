"""It is decided that an order is not renewed; the log has none of the words of the reason."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit.triggers import watch

WORDS = ("court_reference", "legal_answer")
BEFORE = watch("orders_order", hidden=WORDS)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0009_units_once_in_any_case'),
        ('applications', '0014_hide_free_words'),
        ('casework', '0005_hide_free_words'),
        ('orders', '0008_hide_free_words'),
        ('people', '0008_hide_free_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='order',
            name='not_renewed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='not_renewed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='order',
            name='not_renewed_reason',
            field=models.TextField(blank=True, max_length=2000),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('not_renewed_at', None), ('not_renewed_by', None), ('not_renewed_reason', '')), models.Q(('not_renewed_at__isnull', False), ('not_renewed_by__isnull', False), models.Q(('not_renewed_reason', ''), _negated=True)), _connector='OR'), name='not_renewed_at_by_and_reason_together'),
        ),
        migrations.RunSQL(BEFORE.reverse_sql, BEFORE.sql),
        watch("orders_order", hidden=(*WORDS, "not_renewed_reason")),
    ]
