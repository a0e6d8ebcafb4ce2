"""Three connected applications of the sample data: as agencies' systems would be registered."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gapura.kernel import clock
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.cast import ABROAD, HOME
from gapura.ops.seeding.people import acting
from gapura.sso.queries import Contract, clients_for
from gapura.sso.services import add_secret, register_client

# So long ago they were registered, one after the other; the last one changed its secret lately.
_BEFORE = timedelta(days=200)
_EACH_TAKES = timedelta(days=20)
_LATELY = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Sample:
    """One application: what it registers and what is agreed with its owner."""

    name: str
    host: str
    scope: str
    contract: Contract
    sandbox_port: int = 0

    def metadata(self) -> dict[str, Any]:
        """In the words of RFC 7591."""
        uris = [f"https://{self.host}/masuk/kembali"]
        if self.sandbox_port:
            uris.append(f"http://localhost:{self.sandbox_port}/callback")
        return {
            "client_name": self.name,
            "redirect_uris": uris,
            "post_logout_redirect_uris": [f"https://{self.host}/"],
            "grant_types": ["authorization_code", "refresh_token"],
            "token_endpoint_auth_method": "client_secret_basic",
            "scope": self.scope,
            "contacts": [f"pengelola@{self.host}"],
            "client_uri": f"https://{self.host}/",
        }


def _letter(agency: str, number: str, **more: Any) -> Contract:
    return Contract(agency=agency, letter_number=number, letter_date=date(2026, 1, 12), **more)


SAMPLES = (
    Sample(
        "SPSE Kota Contoh (uji coba)",
        "spse.contoh.go.id",
        "openid profile email grants",
        _letter(HOME, "027/118/BPBJ/2026", sandbox=True, roles=("ppk", "pp", "pokja")),
        sandbox_port=3000,
    ),
    Sample(
        "SiRUP (uji coba)",
        "sirup.contoh.go.id",
        "openid profile grants",
        _letter(ABROAD, "027/9/BPBJ/2026", sandbox=True, roles=("pa", "kpa", "ppk")),
        sandbox_port=3001,
    ),
    Sample(
        "Katalog Elektronik",
        "katalog.contoh.go.id",
        "openid profile email phone offline_access grants identity",
        Contract(least_acr=2),
    ),
)


def connect_applications() -> int:
    """Register those that are not there yet; answers how many. Their secrets are told nobody."""
    admin = acting(persona_id("admin"), "admin_platform")
    there = {row.name for row in clients_for(admin).rows}
    missing = [one for one in SAMPLES if one.name not in there]
    first = clock.now() - _BEFORE
    for number, sample in enumerate(missing):
        with clock.frozen(first + number * _EACH_TAKES):
            register_client(actor=admin, metadata=sample.metadata(), contract=sample.contract)
    if missing:
        newest = clients_for(admin).rows[0]
        with clock.frozen(clock.now() - _LATELY):
            add_secret(actor=admin, client=newest.id)
    return len(missing)
