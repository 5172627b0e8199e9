"""The log's functions in the database, and the operation that puts a table under it.

Each transaction writes to one stream of its own choice, the first that no other transaction holds,
so that writers neither wait for each other nor deadlock. Inside a stream each line carries the hash
of the line before it.

A transaction remembers the end of its stream in `spo.head` and writes it to `audit_streamhead` once,
as it commits: updating that one row for every line makes a transaction of n lines cost n squared.

Whoever runs SQL can set `spo.stream` and `spo.head` too, so neither is believed. The lock of the stream
is taken again for every line, which costs nothing where it is held; and as the transaction commits, its
lines are walked from the end that `audit_streamhead` knows: one that does not follow undoes it all.

Who acts is believed where the same transaction says so: a role or a database that is given settings of its
own (`ALTER ROLE ... SET spo.actor`) names nobody by it.

Who writes needs no more than INSERT on the log, for events and looks: the functions run as its owner,
and the moment, the stream and the chain are theirs, whatever the writer says.
"""

from django.db.migrations import RunSQL

STREAMS = 64


def _as_owner(*properties: str) -> str:
    """SQL that gives the functions that write to the log these properties.

    They run as the owner of the tables, so that nobody else needs a right to the log to be logged.
    Their search path is the schema that they are in: nobody can put a table of his own before ours.
    """
    return "".join(
        f"""
    DO $do$ BEGIN
      EXECUTE format('ALTER FUNCTION {function}() {change}', current_schema());
    END $do$;"""
        for function in ("audit_chain", "audit_keep_head", "audit_row_change")
        for change in properties
    )


FUNCTIONS = RunSQL(
    f"""
    INSERT INTO audit_streamhead (stream, seq, hash)
    SELECT generate_series(0, {STREAMS - 1}), 0, ''::bytea;

    CREATE FUNCTION audit_hold_stream(held int) RETURNS smallint LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM set_config('spo.stream', held::text, true), set_config(
        'spo.head', (SELECT seq || ':' || encode(hash, 'hex') FROM audit_streamhead
                     WHERE stream = held), true);
      RETURN held;
    END $$;

    CREATE FUNCTION audit_claim_stream() RETURNS smallint LANGUAGE plpgsql AS $$
    DECLARE
      held text := coalesce(current_setting('spo.stream', true), '');
      first int := (pg_current_xact_id()::text::numeric % {STREAMS})::int;
      tried int;
    BEGIN
      IF held <> '' THEN RETURN held::smallint; END IF;
      FOR i IN 0..{STREAMS - 1} LOOP
        tried := (first + i) % {STREAMS};
        IF pg_try_advisory_xact_lock(7379, tried) THEN
          RETURN audit_hold_stream(tried);
        END IF;
      END LOOP;
      PERFORM pg_advisory_xact_lock(7379, first);
      RETURN audit_hold_stream(first);
    END $$;

    CREATE FUNCTION audit_hash(e audit_entry) RETURNS bytea LANGUAGE sql STABLE AS $$
      SELECT sha256(convert_to(jsonb_build_array(
        encode(e.prev, 'hex'), e.stream, e.seq, extract(epoch from e.at), e.kind, e.actor, e.verb,
        e."table", e.row_id, e.case_id, e.details)::text, 'UTF8'))
    $$;

    CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE head text[];
    BEGIN
      IF NEW.actor = '' THEN RAISE EXCEPTION 'audit: % has no actor', NEW.verb; END IF;
      NEW.stream := audit_claim_stream();
      head := string_to_array(current_setting('spo.head'), ':');
      NEW.seq := head[1]::bigint + 1;
      NEW.prev := decode(head[2], 'hex');
      NEW.hash := audit_hash(NEW);
      PERFORM set_config('spo.head', NEW.seq || ':' || encode(NEW.hash, 'hex'), true);
      RETURN NEW;
    END $$;

    CREATE FUNCTION audit_keep_head() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.seq || ':' || encode(NEW.hash, 'hex') = current_setting('spo.head') THEN
        UPDATE audit_streamhead SET seq = NEW.seq, hash = NEW.hash WHERE stream = NEW.stream;
      END IF;
      RETURN NULL;
    END $$;

    CREATE FUNCTION audit_row_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      who text := coalesce(current_setting('spo.actor', true), '');
      hidden text[] := string_to_array(coalesce(TG_ARGV[0], ''), ',');
      row_after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - hidden END;
      row_before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - hidden END;
      row_now jsonb := coalesce(row_after, row_before);
    BEGIN
      IF who = '' THEN
        RAISE EXCEPTION 'audit: % on % has no actor or no transaction', TG_OP, TG_TABLE_NAME;
      END IF;
      INSERT INTO audit_entry (kind, at, actor, verb, "table", row_id, case_id, details)
      VALUES ('row', clock_timestamp(), who, lower(TG_OP), TG_TABLE_NAME,
              coalesce(row_now->>'id', row_now->>'code', ''),
              CASE WHEN TG_TABLE_NAME = 'casework_case' THEN (row_now->>'id')::uuid
                   ELSE (row_now->>'case_id')::uuid END,
              jsonb_strip_nulls(jsonb_build_object('before', row_before, 'after', row_after)));
      RETURN NULL;
    END $$;

    CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit: % is append-only', TG_TABLE_NAME; END $$;

    CREATE TRIGGER chain BEFORE INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_chain();
    CREATE CONSTRAINT TRIGGER keep_head AFTER INSERT ON audit_entry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION audit_keep_head();
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_append_only();
    CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
    CREATE TRIGGER never_shortened BEFORE DELETE ON audit_streamhead
    FOR EACH ROW EXECUTE FUNCTION audit_append_only();
    """,  # noqa: S608 only numbers of our own go in
    """
    DROP FUNCTION audit_row_change, audit_append_only, audit_chain, audit_keep_head,
      audit_claim_stream, audit_hold_stream, audit_hash(audit_entry) CASCADE;
    """,
)

APART = RunSQL(
    f"""
    CREATE OR REPLACE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE head text[];
    BEGIN
      IF NEW.actor = '' THEN RAISE EXCEPTION 'audit: % has no actor', NEW.verb; END IF;
      IF NEW.kind = 'row' AND pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'audit: only the change of a row is written as one';
      END IF;
      NEW.at := clock_timestamp();
      NEW.stream := audit_claim_stream();
      head := string_to_array(current_setting('spo.head'), ':');
      NEW.seq := head[1]::bigint + 1;
      NEW.prev := decode(head[2], 'hex');
      NEW.hash := audit_hash(NEW);
      PERFORM set_config('spo.head', NEW.seq || ':' || encode(NEW.hash, 'hex'), true);
      RETURN NEW;
    END $$;

    CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_streamhead
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
    {_as_owner("SECURITY DEFINER", "SET search_path = %I, pg_temp")}
    REVOKE EXECUTE ON FUNCTION audit_claim_stream(), audit_hold_stream(int) FROM PUBLIC;
    """,
    f"""
    DROP TRIGGER never_emptied ON audit_streamhead;
    {_as_owner("SECURITY INVOKER", "RESET search_path")}
    GRANT EXECUTE ON FUNCTION audit_claim_stream(), audit_hold_stream(int) TO PUBLIC;
    """,
)


UNSTEERED = RunSQL(
    f"""
    CREATE OR REPLACE FUNCTION audit_claim_stream() RETURNS smallint LANGUAGE plpgsql AS $$
    DECLARE
      held text := coalesce(current_setting('spo.stream', true), '');
      first int := (pg_current_xact_id()::text::numeric % {STREAMS})::int;
      tried int;
    BEGIN
      IF held <> '' THEN
        IF NOT pg_try_advisory_xact_lock(7379, held::int) THEN
          RAISE EXCEPTION 'audit: stream % is another writer''s', held;
        END IF;
        RETURN held::smallint;
      END IF;
      FOR i IN 0..{STREAMS - 1} LOOP
        tried := (first + i) % {STREAMS};
        IF pg_try_advisory_xact_lock(7379, tried) THEN
          RETURN audit_hold_stream(tried);
        END IF;
      END LOOP;
      PERFORM pg_advisory_xact_lock(7379, first);
      RETURN audit_hold_stream(first);
    END $$;

    CREATE OR REPLACE FUNCTION audit_keep_head() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      kept audit_streamhead;
      line record;
    BEGIN
      SELECT * INTO kept FROM audit_streamhead WHERE stream = NEW.stream;
      IF NEW.seq BETWEEN 1 AND kept.seq THEN RETURN NULL; END IF;
      LOOP
        SELECT seq, prev, hash INTO line FROM audit_entry
        WHERE stream = kept.stream AND seq = kept.seq + 1;
        EXIT WHEN NOT FOUND OR line.prev <> kept.hash;
        kept.seq := line.seq;
        kept.hash := line.hash;
      END LOOP;
      IF (NEW.seq BETWEEN 1 AND kept.seq) IS NOT TRUE THEN
        RAISE EXCEPTION 'audit: line % of stream % does not follow its end', NEW.seq, NEW.stream;
      END IF;
      UPDATE audit_streamhead SET seq = kept.seq, hash = kept.hash WHERE stream = kept.stream;
      RETURN NULL;
    END $$;
    {_as_owner("SECURITY DEFINER", "SET search_path = %I, pg_temp")}
    """,  # noqa: S608 only numbers of our own go in
    RunSQL.noop,  # these do what the ones before did, and nothing needs those back
)


NAMED = RunSQL(
    f"""
    CREATE OR REPLACE FUNCTION audit_row_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      who text := coalesce(current_setting('spo.actor', true), '');
      said_in text := coalesce(current_setting('spo.actor_of', true), '');
      hidden text[] := string_to_array(coalesce(TG_ARGV[0], ''), ',');
      row_after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - hidden END;
      row_before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - hidden END;
      row_now jsonb := coalesce(row_after, row_before);
    BEGIN
      IF who = '' OR said_in <> pg_current_xact_id()::text THEN
        RAISE EXCEPTION 'audit: % on % has no actor or no transaction', TG_OP, TG_TABLE_NAME;
      END IF;
      INSERT INTO audit_entry (kind, at, actor, verb, "table", row_id, case_id, details)
      VALUES ('row', clock_timestamp(), who, lower(TG_OP), TG_TABLE_NAME,
              coalesce(row_now->>'id', row_now->>'code', ''),
              CASE WHEN TG_TABLE_NAME = 'casework_case' THEN (row_now->>'id')::uuid
                   ELSE (row_now->>'case_id')::uuid END,
              jsonb_strip_nulls(jsonb_build_object('before', row_before, 'after', row_after)));
      RETURN NULL;
    END $$;
    {_as_owner("SECURITY DEFINER", "SET search_path = %I, pg_temp")}
    """,  # noqa: S608 only names of our own go in
    RunSQL.noop,
)


def watch(table: str, *, hidden: tuple[str, ...] = ()) -> RunSQL:
    """Put a table under the log: every row change is written, and none without an actor.

    `hidden` names the columns whose content never enters the log (secrets, confidential places).
    """
    return RunSQL(
        f"CREATE TRIGGER row_change AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION audit_row_change('{','.join(hidden)}');",
        f"DROP TRIGGER row_change ON {table};",
    )
