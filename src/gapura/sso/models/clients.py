"""Tables of applications: the contract of each, its secrets, and its keys as they were fetched."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gapura.kernel.ids import uuid7
from gapura.sso.protocol.records import AuthMethod, GrantType, Profile
from gapura.sso.states import CLIENT

WAYS = ("form", "command", "dynamic")
ID_TOKEN_ALGS = ("ES256", "PS256", "RS256")


def _texts(longest: int) -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=longest), default=list, blank=True)


class Client(models.Model):
    """An application that trusts us, with its contract; see `protocol.records.Client`.

    `agency` is the code of the agency that owns it, empty for the platform. `jwks` is its
    registered key set; with a `jwks_uri` those that were fetched hold instead (`ClientKeys`).
    `about` is what people are told of it (addresses of its site, its policies). `registration` is
    the SHA-256 of the token with which it manages itself (RFC 7592). `version` grows with every
    change of the row, its secrets and keys: doors remember what they have read by it. The database
    itself counts it, see the migration.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    agency = models.CharField(max_length=20, blank=True, default="")
    state = models.CharField(max_length=12, default=CLIENT.start)
    sandbox = models.BooleanField(default=False)
    native = models.BooleanField(default=False)
    profile = models.CharField(max_length=10, default=Profile.STANDARD.value)
    auth_method = models.CharField(max_length=30, default=AuthMethod.BASIC.value)
    redirect_uris = _texts(2000)
    post_logout_redirect_uris = _texts(2000)
    grant_types = _texts(40)
    scopes = _texts(60)
    claims = _texts(60)
    roles = _texts(30)
    agencies = _texts(20)
    audiences = _texts(300)
    resource = models.CharField(max_length=300, blank=True, default="")
    id_token_alg = models.CharField(max_length=10, default="ES256")
    pairwise = models.BooleanField(default=True)
    sector = models.CharField(max_length=253, blank=True, default="")
    needs_pkce = models.BooleanField(default=True)
    needs_par = models.BooleanField(default=False)
    needs_dpop = models.BooleanField(default=False)
    asks_consent = models.BooleanField(default=True)
    least_acr = models.PositiveSmallIntegerField(default=1)
    default_max_age = models.PositiveIntegerField(null=True)
    backchannel_logout_uri = models.CharField(max_length=2000, blank=True, default="")
    backchannel_needs_sid = models.BooleanField(default=False)
    jwks = models.JSONField(default=dict, blank=True)
    jwks_uri = models.CharField(max_length=2000, blank=True, default="")
    logo_uri = models.CharField(max_length=2000, blank=True, default="")
    logo = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    about = models.JSONField(default=dict, blank=True)
    contacts = _texts(254)
    letter_number = models.CharField(max_length=80, blank=True, default="")
    letter_date = models.DateField(null=True)
    # Why it was suspended or closed, or works again.
    state_reason = models.CharField(max_length=300, blank=True, default="")
    way = models.CharField(max_length=10, default="form")
    registration = models.BinaryField(max_length=32, null=True, unique=True)
    initial_token = models.ForeignKey(
        "sso.InitialToken", models.PROTECT, null=True, related_name="clients"
    )
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=60)
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)
    version = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CLIENT.states), name="client_state"),
            models.CheckConstraint(condition=Q(way__in=WAYS), name="client_way"),
            models.CheckConstraint(
                condition=Q(profile__in=[p.value for p in Profile]), name="client_profile"
            ),
            models.CheckConstraint(
                condition=Q(auth_method__in=[m.value for m in AuthMethod]),
                name="client_auth_method",
            ),
            models.CheckConstraint(
                condition=Q(grant_types__contained_by=[g.value for g in GrantType]),
                name="client_grant_types",
            ),
            models.CheckConstraint(
                condition=Q(id_token_alg__in=ID_TOKEN_ALGS), name="client_id_token_alg"
            ),
            models.CheckConstraint(
                condition=Q(least_acr__gte=1, least_acr__lte=3), name="client_least_acr"
            ),
            # FAPI 2.0 5.3.2: no way around, whatever the code above says.
            models.CheckConstraint(
                condition=~Q(profile=Profile.FAPI2.value)
                | Q(
                    auth_method=AuthMethod.PRIVATE_KEY_JWT.value,
                    needs_pkce=True,
                    needs_par=True,
                    needs_dpop=True,
                    id_token_alg__in=("ES256", "PS256"),
                ),
                name="fapi2_client_is_strict",
            ),
            # RFC 9700 2.1.1: whoever keeps no secret has nothing else against a stolen code.
            models.CheckConstraint(
                condition=~Q(auth_method=AuthMethod.NONE.value) | Q(needs_pkce=True),
                name="public_client_needs_pkce",
            ),
            models.UniqueConstraint(
                fields=["resource"],
                condition=~Q(resource="") & ~Q(state="closed"),
                name="one_client_of_a_resource",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "-id"], name="clients_of_agency"),
            models.Index(fields=["state", "-id"], name="clients_by_state"),
        ]


class ClientSecret(models.Model):
    """One secret of a client: only its SHA-256 is kept, which is enough for 256 random bits.

    `ends_at` is empty for the one that goes on; a secret that was replaced works until then.
    `hint` are its first signs.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="secrets")
    digest = models.BinaryField(max_length=32, unique=True)
    hint = models.CharField(max_length=12)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sso_client_secret"
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(ends_at__isnull=True),
                name="one_lasting_secret_of_a_client",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("made_at")),
                name="secret_ends_after_it_began",
            ),
        ]


class ClientKeys(models.Model):
    """The key set at a client's `jwks_uri`, as it was when it was fetched last.

    What could not be fetched or read leaves the former one in place; `fault` says why.
    """

    client = models.OneToOneField(
        Client, models.CASCADE, primary_key=True, related_name="fetched_keys"
    )
    jwks = models.JSONField(default=dict)
    fetched_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField()
    fault = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        db_table = "sso_client_keys"
        indexes = [models.Index(fields=["tried_at"], name="client_keys_by_age")]
