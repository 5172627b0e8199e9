from django.db import migrations

# An order binds the subject of its case, and a case with an order keeps its subject: who is protected
# from him is asked by the case.
FORWARD = """
ALTER TABLE casework_case
    ADD CONSTRAINT case_with_its_subject UNIQUE (id, subject_id);
ALTER TABLE orders_order
    ADD CONSTRAINT order_binds_the_subject_of_its_case
    FOREIGN KEY (case_id, subject_id) REFERENCES casework_case (id, subject_id);
"""
REVERSE = """
ALTER TABLE orders_order DROP CONSTRAINT order_binds_the_subject_of_its_case;
ALTER TABLE casework_case DROP CONSTRAINT case_with_its_subject;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0005_what_must_never_be"),
        ("casework", "0004_lists_by_index"),
    ]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
