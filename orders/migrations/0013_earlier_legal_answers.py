"""What force legal answered stays when it is asked again; the log has none of its words."""

from django.db import migrations, models

from audit.triggers import watch

WORDS = ("court_reference", "legal_answer", "not_renewed_reason")
BEFORE = watch("orders_order", hidden=WORDS)


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0012_what_must_never_be'),
    ]

    operations = [
        migrations.AddField(
            model_name='order',
            name='earlier_legal_answers',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.RunSQL(BEFORE.reverse_sql, BEFORE.sql),
        watch("orders_order", hidden=(*WORDS, "earlier_legal_answers")),
    ]
