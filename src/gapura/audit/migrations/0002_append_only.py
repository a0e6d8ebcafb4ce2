"""The tables of the log refuse UPDATE and DELETE: hygiene only, the proof is the tree."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the log is append-only', TG_OP, TG_TABLE_NAME;
END $$;
"""
FROZEN = ("audit_event", "audit_leaf", "audit_node", "audit_checkpoint")


def _triggers():
    for table in FROZEN:
        yield f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} EXECUTE FUNCTION audit_refuse();"
    # Erasure empties a row of personal values by UPDATE; the row itself stays as its receipt.
    yield "CREATE TRIGGER append_only BEFORE DELETE ON audit_personal EXECUTE FUNCTION audit_refuse();"


def _undo():
    for table in (*FROZEN, "audit_personal"):
        yield f"DROP TRIGGER append_only ON {table};"
    yield "DROP FUNCTION audit_refuse();"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL([REFUSE, *_triggers()], list(_undo()))]
