"""Every unit gets the path from the top of the tree down to itself."""

from django.db import migrations

FILL = """
WITH RECURSIVE tree (code, path) AS (
    SELECT code, code || '/' FROM organizations_unit WHERE parent_id IS NULL
    UNION ALL
    SELECT u.code, t.path || u.code || '/'
      FROM organizations_unit u JOIN tree t ON u.parent_id = t.code
)
UPDATE organizations_unit u SET path = tree.path FROM tree WHERE tree.code = u.code
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0003_register_of_letters")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
