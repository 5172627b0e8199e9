from django.db import migrations

# As every other foreign key: held when the transaction ends, whichever row of it was written first.
RENEW = """
ALTER TABLE orders_order
    ALTER CONSTRAINT order_binds_the_subject_of_its_case DEFERRABLE INITIALLY DEFERRED;
"""
REVERSE = """
ALTER TABLE orders_order
    ALTER CONSTRAINT order_binds_the_subject_of_its_case NOT DEFERRABLE;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0006_binds_the_subject_of_its_case")]
    operations = [migrations.RunSQL(RENEW, REVERSE)]
