"""The tables of the OpenID provider; tokens and codes lie in partitions by their end."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import gapura.kernel.encryption
import gapura.kernel.ids

# Partitioned by the day or month in which the rows are over: what is over is dropped, not deleted.
# No default values and no other index: each row is found by its key alone.
TABLES = """
CREATE TABLE sso_code (
    bucket date NOT NULL, digest bytea NOT NULL, "authorization" uuid NOT NULL,
    redirect_uri text NOT NULL, nonce text NOT NULL, challenge varchar(64) NOT NULL,
    jkt varchar(64) NOT NULL, expires_at timestamptz NOT NULL, used_at timestamptz,
    PRIMARY KEY (bucket, digest)
) PARTITION BY RANGE (bucket);
CREATE TABLE sso_refresh (
    bucket date NOT NULL, digest bytea NOT NULL, "authorization" uuid NOT NULL,
    scopes varchar(1000) NOT NULL, jkt varchar(64) NOT NULL, issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL, family_started_at timestamptz NOT NULL,
    replaced_at timestamptz, successor bytea, successor_bucket date,
    PRIMARY KEY (bucket, digest)
) PARTITION BY RANGE (bucket);
CREATE TABLE sso_pushed (
    bucket date NOT NULL, digest bytea NOT NULL, client uuid NOT NULL, parameters text NOT NULL,
    jkt varchar(64) NOT NULL, expires_at timestamptz NOT NULL, used_at timestamptz,
    PRIMARY KEY (bucket, digest)
) PARTITION BY RANGE (bucket);
CREATE TABLE sso_once (
    bucket date NOT NULL, digest bytea NOT NULL, kind varchar(12) NOT NULL,
    PRIMARY KEY (bucket, digest, kind)
) PARTITION BY RANGE (bucket);
CREATE TABLE sso_revoked (
    bucket date NOT NULL, digest bytea NOT NULL, PRIMARY KEY (bucket, digest)
) PARTITION BY RANGE (bucket);
CREATE TABLE sso_code_other PARTITION OF sso_code DEFAULT;
CREATE TABLE sso_refresh_other PARTITION OF sso_refresh DEFAULT;
CREATE TABLE sso_pushed_other PARTITION OF sso_pushed DEFAULT;
CREATE TABLE sso_once_other PARTITION OF sso_once DEFAULT;
CREATE TABLE sso_revoked_other PARTITION OF sso_revoked DEFAULT;
"""
# A part comes to be beside its table and is attached when it is ready; what came before it, and so
# lies in the rest, is taken over. Two at once take turns.
MAKE_PART = """
CREATE FUNCTION sso_make_part(parent text, day date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    first date := CASE WHEN parent = 'sso_refresh' THEN date_trunc('month', day)::date ELSE day END;
    past date := CASE WHEN parent = 'sso_refresh' THEN (first + interval '1 month')::date
                      ELSE first + 1 END;
    other text := parent || '_other';
    made text := parent || to_char(first, '_YYYY_MM_DD');
    late boolean;
BEGIN
    IF to_regclass(made) IS NOT NULL THEN RETURN false; END IF;
    -- Whoever waited here looks again: locking a table is what brings the news of others along.
    EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', other);
    IF to_regclass(made) IS NOT NULL THEN RETURN false; END IF;
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', made, parent);
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE bucket >= $1 AND bucket < $2)', other)
        INTO late USING first, past;
    IF late THEN
        EXECUTE format('WITH late AS (DELETE FROM %I WHERE bucket >= $1 AND bucket < $2 '
                       'RETURNING *) INSERT INTO %I SELECT * FROM late', other, made)
            USING first, past;
    END IF;
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                   parent, made, first, past);
    RETURN true;
END $$;
"""
FIRST_PARTS = """
SELECT sso_make_part(parent, (now() AT TIME ZONE 'UTC')::date + ahead)
  FROM unnest(ARRAY['sso_code', 'sso_pushed', 'sso_once', 'sso_revoked']) AS parent,
       generate_series(0, 3) AS ahead;
SELECT sso_make_part('sso_refresh',
                     ((now() AT TIME ZONE 'UTC')::date + ahead * interval '1 month')::date)
  FROM generate_series(0, 3) AS ahead;
"""
# Doors remember clients by their version, so nothing that changes one may forget to count it.
VERSIONS = """
CREATE FUNCTION sso_count_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := greatest(NEW.version, OLD.version);
    IF to_jsonb(NEW) - 'version' - 'last_used_on'
       IS DISTINCT FROM to_jsonb(OLD) - 'version' - 'last_used_on' THEN
        NEW.version := greatest(NEW.version, OLD.version + 1);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER count_version BEFORE UPDATE ON sso_client
    FOR EACH ROW EXECUTE FUNCTION sso_count_version();
CREATE FUNCTION sso_count_client() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE sso_client SET version = version + 1 WHERE id = coalesce(NEW.client_id, OLD.client_id);
    RETURN NULL;
END $$;
CREATE TRIGGER count_client AFTER INSERT OR UPDATE OR DELETE ON sso_client_secret
    FOR EACH ROW EXECUTE FUNCTION sso_count_client();
CREATE TRIGGER count_client AFTER INSERT OR UPDATE OR DELETE ON sso_client_keys
    FOR EACH ROW EXECUTE FUNCTION sso_count_client();
"""


_STATE = [
    migrations.CreateModel(
        name="Code",
        fields=[
            (
                "pk",
                models.CompositePrimaryKey(
                    "bucket",
                    "digest",
                    blank=True,
                    editable=False,
                    primary_key=True,
                    serialize=False,
                ),
            ),
            ("bucket", models.DateField()),
            ("digest", models.BinaryField(max_length=32)),
            ("authorization", models.UUIDField()),
            ("redirect_uri", models.TextField()),
            ("nonce", models.TextField()),
            ("challenge", models.CharField(max_length=64)),
            ("jkt", models.CharField(max_length=64)),
            ("expires_at", models.DateTimeField()),
            ("used_at", models.DateTimeField(null=True)),
        ],
    ),
    migrations.CreateModel(
        name="Once",
        fields=[
            (
                "pk",
                models.CompositePrimaryKey(
                    "bucket",
                    "digest",
                    "kind",
                    blank=True,
                    editable=False,
                    primary_key=True,
                    serialize=False,
                ),
            ),
            ("bucket", models.DateField()),
            ("digest", models.BinaryField(max_length=32)),
            ("kind", models.CharField(max_length=12)),
        ],
    ),
    migrations.CreateModel(
        name="Pushed",
        fields=[
            (
                "pk",
                models.CompositePrimaryKey(
                    "bucket",
                    "digest",
                    blank=True,
                    editable=False,
                    primary_key=True,
                    serialize=False,
                ),
            ),
            ("bucket", models.DateField()),
            ("digest", models.BinaryField(max_length=32)),
            ("client", models.UUIDField()),
            ("parameters", models.TextField()),
            ("jkt", models.CharField(max_length=64)),
            ("expires_at", models.DateTimeField()),
            ("used_at", models.DateTimeField(null=True)),
        ],
    ),
    migrations.CreateModel(
        name="Refresh",
        fields=[
            (
                "pk",
                models.CompositePrimaryKey(
                    "bucket",
                    "digest",
                    blank=True,
                    editable=False,
                    primary_key=True,
                    serialize=False,
                ),
            ),
            ("bucket", models.DateField()),
            ("digest", models.BinaryField(max_length=32)),
            ("authorization", models.UUIDField()),
            ("scopes", models.CharField(max_length=1000)),
            ("jkt", models.CharField(max_length=64)),
            ("issued_at", models.DateTimeField()),
            ("expires_at", models.DateTimeField()),
            ("family_started_at", models.DateTimeField()),
            ("replaced_at", models.DateTimeField(null=True)),
            ("successor", models.BinaryField(max_length=32, null=True)),
            ("successor_bucket", models.DateField(null=True)),
        ],
    ),
    migrations.CreateModel(
        name="RevokedJti",
        fields=[
            (
                "pk",
                models.CompositePrimaryKey(
                    "bucket",
                    "digest",
                    blank=True,
                    editable=False,
                    primary_key=True,
                    serialize=False,
                ),
            ),
            ("bucket", models.DateField()),
            ("digest", models.BinaryField(max_length=32)),
        ],
        options={
            "db_table": "sso_revoked",
        },
    ),
]


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_identity_cases"),
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="InitialToken",
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
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("hint", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=80)),
                ("agency", models.CharField(blank=True, default="", max_length=20)),
                ("sandbox", models.BooleanField(default=False)),
                ("most", models.PositiveSmallIntegerField(default=1)),
                ("used", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
            ],
            options={
                "db_table": "sso_initial_token",
                "indexes": [models.Index(fields=["-made_at"], name="initial_tokens_by_age")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("used__lte", models.F("most"))),
                        name="initial_token_uses",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="initial_token_has_a_life",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Client",
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
                ("client_id", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("agency", models.CharField(blank=True, default="", max_length=20)),
                ("state", models.CharField(default="active", max_length=12)),
                ("sandbox", models.BooleanField(default=False)),
                ("native", models.BooleanField(default=False)),
                ("profile", models.CharField(default="standard", max_length=10)),
                ("auth_method", models.CharField(default="client_secret_basic", max_length=30)),
                (
                    "redirect_uris",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2000),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "post_logout_redirect_uris",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2000),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "grant_types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "claims",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "agencies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("resource", models.CharField(blank=True, default="", max_length=300)),
                ("id_token_alg", models.CharField(default="ES256", max_length=10)),
                ("pairwise", models.BooleanField(default=True)),
                ("sector", models.CharField(blank=True, default="", max_length=253)),
                ("needs_pkce", models.BooleanField(default=True)),
                ("needs_par", models.BooleanField(default=False)),
                ("needs_dpop", models.BooleanField(default=False)),
                ("asks_consent", models.BooleanField(default=True)),
                ("least_acr", models.PositiveSmallIntegerField(default=1)),
                ("default_max_age", models.PositiveIntegerField(null=True)),
                (
                    "backchannel_logout_uri",
                    models.CharField(blank=True, default="", max_length=2000),
                ),
                ("backchannel_needs_sid", models.BooleanField(default=False)),
                ("jwks", models.JSONField(blank=True, default=dict)),
                ("jwks_uri", models.CharField(blank=True, default="", max_length=2000)),
                ("logo_uri", models.CharField(blank=True, default="", max_length=2000)),
                ("about", models.JSONField(blank=True, default=dict)),
                (
                    "contacts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=254),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("letter_number", models.CharField(blank=True, default="", max_length=80)),
                ("letter_date", models.DateField(null=True)),
                ("state_reason", models.CharField(blank=True, default="", max_length=300)),
                ("way", models.CharField(default="form", max_length=10)),
                ("registration", models.BinaryField(max_length=32, null=True, unique=True)),
                ("registered_at", models.DateTimeField()),
                ("registered_by", models.CharField(max_length=60)),
                ("changed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("last_used_on", models.DateField(null=True)),
                ("version", models.BigIntegerField(default=1)),
                (
                    "logo",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "initial_token",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clients",
                        to="sso.initialtoken",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LogoutDelivery",
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
                ("person", models.UUIDField()),
                ("session", models.UUIDField()),
                ("sid", models.CharField(max_length=64)),
                ("subject", models.CharField(max_length=64)),
                ("why", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("tried_at", models.DateTimeField(null=True)),
                ("fault", models.CharField(blank=True, default="", max_length=80)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("dead_at", models.DateTimeField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sso.client",
                    ),
                ),
            ],
            options={
                "db_table": "sso_logout_delivery",
            },
        ),
        migrations.CreateModel(
            name="SigningKey",
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
                ("kid", models.CharField(max_length=64, unique=True)),
                ("alg", models.CharField(max_length=10)),
                ("state", models.CharField(default="next", max_length=10)),
                ("public", models.JSONField()),
                ("private", gapura.kernel.encryption.SealedText(null=True)),
                ("made_at", models.DateTimeField()),
                ("signs_from", models.DateTimeField(null=True)),
                ("signed_until", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "sso_signing_key",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "current")),
                        fields=("alg",),
                        name="one_current_key_of_an_algorithm",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "next")),
                        fields=("alg",),
                        name="one_next_key_of_an_algorithm",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("next", "current", "past", "retired"))),
                        name="signing_key_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("alg__in", ("RS256", "ES256", "PS256"))),
                        name="signing_key_alg",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("private__isnull", True),
                                ("retired_at__isnull", False),
                                ("state", "retired"),
                            ),
                            models.Q(
                                models.Q(("state", "retired"), _negated=True),
                                ("private__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="only_retired_keys_are_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClientKeys",
            fields=[
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="fetched_keys",
                        serialize=False,
                        to="sso.client",
                    ),
                ),
                ("jwks", models.JSONField(default=dict)),
                ("fetched_at", models.DateTimeField(null=True)),
                ("tried_at", models.DateTimeField()),
                ("fault", models.CharField(blank=True, default="", max_length=80)),
            ],
            options={
                "db_table": "sso_client_keys",
                "indexes": [models.Index(fields=["tried_at"], name="client_keys_by_age")],
            },
        ),
        migrations.CreateModel(
            name="Authorization",
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
                ("session", models.UUIDField()),
                ("sid", models.CharField(max_length=64)),
                ("subject", models.CharField(max_length=64)),
                ("scopes", models.CharField(max_length=1000)),
                ("claims", models.TextField(blank=True, default="")),
                ("resources", models.TextField(blank=True, default="")),
                ("acr", models.PositiveSmallIntegerField()),
                ("methods", models.CharField(max_length=80)),
                ("signed_in_at", models.DateTimeField()),
                ("offline", models.BooleanField(default=False)),
                ("jkt", models.CharField(blank=True, default="", max_length=64)),
                ("created_at", models.DateTimeField()),
                ("last_used_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, default="", max_length=40)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sso.client",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["person", "client", "-created_at"], name="authorizations_of"
                    ),
                    models.Index(fields=["session"], name="authorizations_of_session"),
                    models.Index(fields=["created_at"], name="authorizations_by_age"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("acr__gte", 1), ("acr__lte", 3)),
                        name="authorization_is_signed_in",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClientSecret",
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
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("hint", models.CharField(max_length=12)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("ends_at", models.DateTimeField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="secrets",
                        to="sso.client",
                    ),
                ),
            ],
            options={
                "db_table": "sso_client_secret",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at__isnull", True)),
                        fields=("client",),
                        name="one_lasting_secret_of_a_client",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            ("ends_at__gte", models.F("made_at")),
                            _connector="OR",
                        ),
                        name="secret_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
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
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sso.client",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["person", "client", "-given_at"], name="consents_of_person"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("person", "client"),
                        name="one_consent_now",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            ("withdrawn_at__gte", models.F("given_at")),
                            _connector="OR",
                        ),
                        name="consent_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(fields=["agency", "state", "-id"], name="clients_of_agency"),
        ),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(fields=["state", "-id"], name="clients_by_state"),
        ),
        migrations.AddConstraint(
            model_name="client",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("active", "suspended", "closed"))),
                name="client_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="client",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ("form", "command", "dynamic"))), name="client_way"
            ),
        ),
        migrations.AddConstraint(
            model_name="client",
            constraint=models.CheckConstraint(
                condition=models.Q(("profile__in", ["standard", "fapi2"])), name="client_profile"
            ),
        ),
        migrations.AddConstraint(
            model_name="client",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "auth_method__in",
                        ["none", "client_secret_basic", "client_secret_post", "private_key_jwt"],
                    )
                ),
                name="client_auth_method",
            ),
        ),
        migrations.AddConstraint(
            model_name="client",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "grant_types__contained_by",
                        ["authorization_code", "refresh_token", "client_credentials"],
                    )
                ),
                name="client_grant_types",
            ),
        ),
        migrations.AddConstraint(
            model_name="client",
            constraint=models.CheckConstraint(
                condition=models.Q(("id_token_alg__in", ("ES256", "PS256", "RS256"))),
                name="client_id_token_alg",
            ),
        ),
        migrations.AddConstraint(
            model_name="client",
            constraint=models.CheckConstraint(
                condition=models.Q(("least_acr__gte", 1), ("least_acr__lte", 3)),
                name="client_least_acr",
            ),
        ),
        migrations.AddConstraint(
            model_name="client",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("profile", "fapi2"), _negated=True),
                    models.Q(
                        ("auth_method", "private_key_jwt"),
                        ("id_token_alg__in", ("ES256", "PS256")),
                        ("needs_dpop", True),
                        ("needs_par", True),
                        ("needs_pkce", True),
                    ),
                    _connector="OR",
                ),
                name="fapi2_client_is_strict",
            ),
        ),
        migrations.AddConstraint(
            model_name="client",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("auth_method", "none"), _negated=True),
                    ("needs_pkce", True),
                    _connector="OR",
                ),
                name="public_client_needs_pkce",
            ),
        ),
        migrations.AddConstraint(
            model_name="client",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("resource", ""), _negated=True),
                    models.Q(("state", "closed"), _negated=True),
                ),
                fields=("resource",),
                name="one_client_of_a_resource",
            ),
        ),
        migrations.AddIndex(
            model_name="logoutdelivery",
            index=models.Index(
                condition=models.Q(("next_at__isnull", False)),
                fields=["next_at"],
                name="logouts_due",
            ),
        ),
        migrations.AddIndex(
            model_name="logoutdelivery",
            index=models.Index(fields=["client", "-id"], name="logouts_of_client"),
        ),
        migrations.AddConstraint(
            model_name="logoutdelivery",
            constraint=models.UniqueConstraint(
                fields=("client", "session"), name="one_logout_message_of_a_session"
            ),
        ),
        migrations.AddConstraint(
            model_name="logoutdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("next_at__isnull", True),
                    models.Q(("dead_at__isnull", True), ("delivered_at__isnull", True)),
                    _connector="OR",
                ),
                name="only_open_logouts_are_tried",
            ),
        ),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL([TABLES, MAKE_PART, FIRST_PARTS])], _STATE
        ),
        migrations.RunSQL([VERSIONS]),
    ]
