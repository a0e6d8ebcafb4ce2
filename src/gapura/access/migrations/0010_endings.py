"""The last day of a grant kept by the database, so that what ends soon is found by an index."""

from django.db import migrations, models
from django.db.models import Q

KEEP = """
UPDATE access_grant SET ends_before = least(
    upper(valid),
    (SELECT upper(valid) FROM organizations_appointmentletter AS letter WHERE letter.id = letter_id)
);
CREATE FUNCTION access_grant_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.ends_before := least(
        upper(NEW.valid),
        (SELECT upper(valid) FROM organizations_appointmentletter WHERE id = NEW.letter_id)
    );
    RETURN NEW;
END $$;
CREATE TRIGGER grant_ends BEFORE INSERT OR UPDATE OF valid, letter_id, ends_before
    ON access_grant FOR EACH ROW EXECUTE FUNCTION access_grant_ends();
CREATE FUNCTION access_letter_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE access_grant SET ends_before = NULL WHERE letter_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER letter_ends AFTER UPDATE OF valid ON organizations_appointmentletter
    FOR EACH ROW WHEN (OLD.valid IS DISTINCT FROM NEW.valid)
    EXECUTE FUNCTION access_letter_ends();
"""
UNDO = """
DROP TRIGGER letter_ends ON organizations_appointmentletter;
DROP FUNCTION access_letter_ends();
DROP TRIGGER grant_ends ON access_grant;
DROP FUNCTION access_grant_ends();
"""
_ACTIVE = Q(state="active", superseded_at__isnull=True)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0009_registers"),
        ("organizations", "0005_company_differences"),
    ]
    operations = [
        migrations.AddField("grant", "ends_before", models.DateField(null=True)),
        migrations.RunSQL(KEEP, UNDO),
        migrations.AddIndex(
            "grant",
            models.Index(
                fields=["agency", "ends_before", "id"],
                include=["unit"],
                name="grant_ending_at_agency",
                condition=_ACTIVE,
            ),
        ),
        migrations.AddIndex(
            "grant",
            models.Index(fields=["ends_before", "id"], name="grant_ending", condition=_ACTIVE),
        ),
        migrations.RemoveIndex("accessrequest", "request_agency_queue"),
        migrations.AddIndex(
            "accessrequest",
            models.Index(
                fields=["agency", "due_at", "id"],
                include=["level", "state", "person", "unit", "claimed_by", "claimed_at"],
                name="request_agency_queue",
                condition=Q(state__in=("submitted", "in_review")),
            ),
        ),
    ]
