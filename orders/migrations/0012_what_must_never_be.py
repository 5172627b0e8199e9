"""Nothing is served before it was made, and only the interim order of the same case is replaced."""

from django.conf import settings
from django.db import migrations, models

from casework.repeated import repeats, told

# Held at the end of the act: one that puts the moments of both right may write them in any order.
# A record of service that was superseded was wrong, and may say anything.
SERVED = """
CREATE FUNCTION orders_served_once_made() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM orders_order made JOIN orders_service given ON given.order_id = made.id
        WHERE made.id = (to_jsonb(NEW)->>TG_ARGV[0])::uuid
            AND given.superseded_at IS NULL AND given.served_at < made.made_at
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            CONSTRAINT = 'an_order_is_served_once_it_was_made',
            MESSAGE = 'an_order_is_served_once_it_was_made';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER served_once_made
    AFTER INSERT OR UPDATE OF served_at, order_id, superseded_at ON orders_service
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.superseded_at IS NULL)
    EXECUTE FUNCTION orders_served_once_made('order_id');
CREATE CONSTRAINT TRIGGER served_once_made
    AFTER UPDATE OF made_at ON orders_order
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.made_at > OLD.made_at)
    EXECUTE FUNCTION orders_served_once_made('id');
"""
REPLACED = """
CREATE FUNCTION orders_replaces_an_interim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM orders_order full_one JOIN orders_order interim
            ON interim.id = full_one.replaces_interim_id
        WHERE full_one.id = NEW.id
            AND (interim.kind <> 'interim' OR interim.case_id <> full_one.case_id)
    ) OR EXISTS (
        SELECT FROM orders_order full_one
        WHERE full_one.replaces_interim_id = NEW.id
            AND (NEW.kind <> 'interim' OR NEW.case_id <> full_one.case_id)
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            CONSTRAINT = 'an_interim_order_of_the_case_is_replaced',
            MESSAGE = 'an_interim_order_of_the_case_is_replaced';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER replaces_an_interim
    AFTER INSERT ON orders_order
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.replaces_interim_id IS NOT NULL)
    EXECUTE FUNCTION orders_replaces_an_interim();
CREATE CONSTRAINT TRIGGER still_replaces_an_interim
    AFTER UPDATE OF replaces_interim_id, kind, case_id ON orders_order
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (
        NEW.kind <> OLD.kind OR NEW.case_id <> OLD.case_id
        OR NEW.replaces_interim_id IS DISTINCT FROM OLD.replaces_interim_id
    )
    EXECUTE FUNCTION orders_replaces_an_interim();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0012_what_must_never_be'),
        ('applications', '0019_what_must_never_be'),
        ('casework', '0007_what_must_never_be'),
        ('orders', '0011_corrections_and_where_he_lives'),
        ('people', '0010_find_by_birth'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='order',
            name='an_order_is_ended_when_it_has_its_end',
        ),
        migrations.RemoveConstraint(
            model_name='variation',
            name='a_decided_variation_has_its_moment',
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('status', 'ended')), models.Q(('ended_at', None), ('status__in', ['made', 'served'])), _connector='OR'), name='an_order_is_ended_when_it_has_its_end'),
        ),
        migrations.AddConstraint(
            model_name='variation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('status', 'applied')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('status__in', ['granted', 'refused', 'withdrawn'])), _connector='OR'), name='a_decided_variation_has_its_moment'),
        ),
        told("orders_order", "case_id"),
        told("orders_condition", "order_id"),
        repeats("orders_order", "force_id"),
        *(
            repeats(f"orders_{name}", "case_id", key="order_id", of="orders_order")
            for name in ("condition", "correction", "service", "serviceattempt", "variation")
        ),
        migrations.RunSQL(SERVED, "DROP FUNCTION orders_served_once_made CASCADE"),
        migrations.RunSQL(REPLACED, "DROP FUNCTION orders_replaces_an_interim CASCADE"),
    ]
