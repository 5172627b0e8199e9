"""A request that was recorded twice goes on in a case whose own request was not."""

from django.db import migrations

# Held at the end of the act: one that takes two cases apart may write them in any order
GOES_ON = """
CREATE FUNCTION applications_goes_on_where_it_is_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM applications_request closed
            JOIN applications_request kept ON kept.case_id = closed.same_as_id
        WHERE NEW.id IN (closed.id, kept.id) AND kept.status = 'twice'
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            CONSTRAINT = 'a_request_goes_on_where_it_is_decided',
            MESSAGE = 'a_request_goes_on_where_it_is_decided';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER goes_on_where_it_is_decided
    AFTER INSERT OR UPDATE OF status, same_as_id, case_id ON applications_request
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status = 'twice')
    EXECUTE FUNCTION applications_goes_on_where_it_is_decided();
"""
GONE = """
DROP TRIGGER goes_on_where_it_is_decided ON applications_request;
DROP FUNCTION applications_goes_on_where_it_is_decided();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("applications", "0020_recorded_twice"),
    ]

    operations = [
        migrations.RunSQL(GOES_ON, GONE),
    ]
