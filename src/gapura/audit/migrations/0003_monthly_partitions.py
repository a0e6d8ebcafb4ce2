"""Entries and their personal parts lie in a partition for each month (UTC) of their ids.

A UUIDv7 begins with the time of its making, so ranges of ids are ranges of time and the primary
keys stay as they were. What belongs to no month that was made ahead goes to `*_other`.
"""

from datetime import date

from django.db import migrations, models

import gapura.kernel.ids
from gapura.audit.addresses import address_of_part

SINCE = date(2020, 1, 1)
KEPT_BASIS = (
    "Government Regulation 71/2019 art. 22 (an audit trail is kept; no number is set there). "
    "Five years are a guess: until the audits of those budget years are closed"
)
PERSONAL_BASIS = (
    "Law 27/2022 art. 16(2)(g) and 42-44 (erase after the period of retention); Law 8/1997 "
    "art. 11 (ten years for papers of financial bookkeeping). That ten years hold for the "
    "log of procurement is a guess"
)
RULES = (
    ("entries_in_database_months", 60, KEPT_BASIS),
    ("personal_parts_months", 120, PERSONAL_BASIS),
)

FIRST_ID = """
CREATE FUNCTION audit_first_id(month date) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT (lpad(to_hex((extract(epoch FROM month::timestamp) * 1000)::bigint), 12, '0')
            || repeat('0', 20))::uuid
$$;
"""
# Letters and digits only, in any language; names of facts and JSON's own escapes are left out. The
# event's name is one word besides its parts: so a search for words of its sentence finds it.
WORDS = r"""
CREATE FUNCTION audit_words(name text, username text, label text, facts json) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('simple'::regconfig, regexp_replace(
        translate(name, '._', '') || ' ' || name || ' ' || username || ' ' || label || ' '
        || regexp_replace(facts::text, '"[a-z0-9_]+":|\\.', ' ', 'g'),
        '[^[:alnum:]]+', ' ', 'g'))
$$;
"""
# The month's tables come to be beside the log and are attached when they are ready: nobody who
# writes waits for more than the moment in which late entries are taken out of the rest.
MAKE_MONTH = """
CREATE FUNCTION audit_make_month(month date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    first uuid := audit_first_id(date_trunc('month', month)::date);
    past uuid := audit_first_id((date_trunc('month', month) + interval '1 month')::date);
    parent text; key text; other text; made text; late boolean; done boolean := false;
BEGIN
    FOR parent, key IN VALUES ('audit_event', 'id'), ('audit_personal', 'event_id') LOOP
        other := parent || '_other';
        made := parent || to_char(month, '_YYYY_MM');
        CONTINUE WHEN to_regclass(made) IS NOT NULL;
        EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', other);
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', made, parent);
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I >= $1 AND %I < $2)', other, key, key)
            INTO late USING first, past;
        IF late THEN
            EXECUTE format('ALTER TABLE %I DISABLE TRIGGER append_only', other);
            EXECUTE format('WITH late AS (DELETE FROM %I WHERE %I >= $1 AND %I < $2 RETURNING *) '
                           'INSERT INTO %I SELECT * FROM late', other, key, key, made)
                USING first, past;
            EXECUTE format('ALTER TABLE %I ENABLE TRIGGER append_only', other);
        END IF;
        PERFORM audit_freeze(made);
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                       parent, made, first, past);
        done := true;
    END LOOP;
    RETURN done;
END $$;
"""
# A trigger for statements on the log does not fire for one that names a partition of it.
FREEZE = """
CREATE FUNCTION audit_freeze(made text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER append_only BEFORE %s ON %I EXECUTE FUNCTION audit_refuse()',
        CASE WHEN made LIKE 'audit_personal%' THEN 'DELETE' ELSE 'UPDATE OR DELETE' END, made);
END $$;
"""
ASIDE = """
ALTER TABLE audit_personal ADD COLUMN address bytea;
ALTER TABLE audit_event RENAME TO audit_event_whole;
ALTER TABLE audit_personal RENAME TO audit_personal_whole;
CREATE TABLE audit_event (LIKE audit_event_whole INCLUDING DEFAULTS INCLUDING CONSTRAINTS)
    PARTITION BY RANGE (id);
CREATE TABLE audit_personal (LIKE audit_personal_whole INCLUDING DEFAULTS INCLUDING CONSTRAINTS)
    PARTITION BY RANGE (event_id);
CREATE TABLE audit_event_other PARTITION OF audit_event DEFAULT;
CREATE TABLE audit_personal_other PARTITION OF audit_personal DEFAULT;
SELECT audit_freeze(name) FROM unnest(ARRAY[
    'audit_event', 'audit_event_other', 'audit_personal', 'audit_personal_other']) AS name;
SELECT audit_make_month(day::date) FROM generate_series(
    date_trunc('month', coalesce(
        (SELECT min(recorded_at) FROM audit_event_whole), now()) AT TIME ZONE 'UTC'),
    date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month',
    interval '1 month') AS day;
INSERT INTO audit_event SELECT * FROM audit_event_whole;
INSERT INTO audit_personal SELECT * FROM audit_personal_whole;
DROP TABLE audit_event_whole;
DROP TABLE audit_personal_whole;
ALTER TABLE audit_event ADD PRIMARY KEY (id);
ALTER TABLE audit_personal ADD PRIMARY KEY (event_id, part);
CREATE INDEX audit_event_order ON audit_event (xid, id);
CREATE INDEX audit_event_person ON audit_event (person, id);
CREATE INDEX audit_event_actor ON audit_event (actor_person, id);
CREATE INDEX audit_event_username ON audit_event (actor_username, id);
CREATE INDEX audit_event_agency ON audit_event (agency, id);
CREATE INDEX audit_event_name ON audit_event (name, id);
CREATE INDEX audit_event_not_done ON audit_event (result, id) WHERE NOT (result = 'done');
CREATE INDEX audit_event_object ON audit_event (subject_kind, subject_id, id);
CREATE INDEX audit_event_label ON audit_event (subject_label, id);
CREATE INDEX audit_event_role ON audit_event (actor_role, id);
CREATE INDEX audit_event_session ON audit_event (session, id) WHERE session IS NOT NULL;
CREATE INDEX audit_event_request ON audit_event (request_id, id) WHERE NOT (request_id = '');
CREATE INDEX audit_event_words ON audit_event
    USING gin (audit_words(name, actor_username, subject_label, facts));
CREATE INDEX audit_personal_person ON audit_personal (person);
CREATE INDEX audit_personal_address ON audit_personal (address, event_id)
    WHERE address IS NOT NULL;
"""
_STATE = [
    migrations.RemoveIndex(model_name="logevent", name="audit_event_subject"),
    migrations.AddField(
        model_name="personalpart", name="address", field=models.BinaryField(null=True)
    ),
    migrations.AddIndex(
        model_name="logevent",
        index=models.Index(fields=["subject_kind", "subject_id", "id"], name="audit_event_object"),
    ),
    migrations.AddIndex(
        model_name="logevent",
        index=models.Index(fields=["actor_role", "id"], name="audit_event_role"),
    ),
    migrations.AddIndex(
        model_name="logevent",
        index=models.Index(
            condition=models.Q(("session__isnull", False)),
            fields=["session", "id"],
            name="audit_event_session",
        ),
    ),
    migrations.AddIndex(
        model_name="logevent",
        index=models.Index(
            condition=models.Q(("request_id", ""), _negated=True),
            fields=["request_id", "id"],
            name="audit_event_request",
        ),
    ),
    migrations.AddIndex(
        model_name="personalpart",
        index=models.Index(
            condition=models.Q(("address__isnull", False)),
            fields=["address", "event_id"],
            name="audit_personal_address",
        ),
    ),
]


def load_rules(apps, schema_editor):
    rule = apps.get_model("audit", "AuditRule")
    rule.objects.bulk_create(
        rule(key=key, value=value, basis=basis, valid_from=SINCE) for key, value, basis in RULES
    )


def find_addresses(apps, schema_editor):
    """Entries from before can be found by address too, as far as their parts can be opened."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT event_id, sealed FROM audit_personal WHERE part = 'actor' AND sealed IS NOT NULL"
        )
        while rows := cursor.fetchmany(2000):
            found = [(event, address_of_part(event, bytes(sealed))) for event, sealed in rows]
            with schema_editor.connection.cursor() as writer:
                writer.executemany(
                    "UPDATE audit_personal SET address = %s WHERE event_id = %s AND part = 'actor'",
                    [(address, event) for event, address in found if address],
                )


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="AuditRule",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gapura.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("scope", models.CharField(blank=True, default="", max_length=40)),
                ("value", models.JSONField()),
                ("basis", models.CharField(max_length=300)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
            ],
            options={
                "db_table": "audit_rule",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "scope", "valid_from"), name="audit_rule_one_a_day"
                    )
                ],
            },
        ),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL([FIRST_ID, WORDS, FREEZE, MAKE_MONTH, ASIDE])], _STATE
        ),
        migrations.RunPython(load_rules, migrations.RunPython.noop),
        migrations.RunPython(find_addresses, migrations.RunPython.noop),
    ]
