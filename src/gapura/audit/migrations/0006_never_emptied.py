"""No table of the log can be emptied at once, and making a month does not ask for owning it.

Statement triggers of a partition do not come from its parent, so each gets its own. The index finds
a checkpoint by its root.
"""

from django.db import migrations, models

TABLES = (
    "audit_event", "audit_personal", "audit_leaf", "audit_node", "audit_checkpoint",
    "audit_cosignature",
)  # fmt: skip
GUARD = """
CREATE FUNCTION audit_guard(made text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I '
                   'EXECUTE FUNCTION audit_refuse()', made);
END $$;
"""
FREEZE = """
CREATE OR REPLACE FUNCTION audit_freeze(made text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER append_only BEFORE %s ON %I EXECUTE FUNCTION audit_refuse()',
        CASE WHEN made LIKE 'audit_personal%' THEN 'DELETE' ELSE 'UPDATE OR DELETE' END, made);
    PERFORM audit_guard(made);
END $$;
"""
_ALL = f"""
    SELECT unnest(ARRAY{list(TABLES)}) AS name
    UNION ALL SELECT c.relname::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent IN ('audit_event'::regclass, 'audit_personal'::regclass)
"""  # noqa: S608 - constants only
EACH = f"SELECT audit_guard(name) FROM ({_ALL}) found;"  # noqa: S608 - constants only
# The worker makes the months ahead with its own rights; what it calls is the owner's, and looks
# for tables in the log's schema only.
AS_OWNER = """
DO $$ BEGIN
    EXECUTE format('ALTER FUNCTION audit_make_month(date) SECURITY DEFINER '
                   'SET search_path = %I, pg_temp', current_schema());
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_saved_views")]
    operations = [
        migrations.RunSQL([GUARD, FREEZE, EACH, AS_OWNER], migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="checkpoint",
            index=models.Index(fields=["root"], name="audit_checkpoint_root"),
        ),
    ]
