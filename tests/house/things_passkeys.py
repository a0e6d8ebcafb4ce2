"""Passkeys for the walk: one of ppk."""

from gapura.authentication.methods import passkey
from gapura.authentication.methods.ceremony import NewKey
from gapura.ops.seeding.arrival import persona_id

Things = dict[str, object]


def _passkeys() -> Things:
    made = NewKey(b"walk" * 8, b"\xa0", 0, "", (), backup_eligible=False, backed_up=False)
    return {"of ppk": passkey.store(persona_id("ppk"), made, "Kunci biru").id}


MAKERS = {"passkey_id": _passkeys}
FORMS: dict[str, dict[str, object]] = {
    "passkey-rename": {"name": "Kunci merah"},
    "passkey-deed": {"digest": "0" * 64, "deed": "purchasing.order.sign"},
    "passkey-new-begin": {"name": "Kunci biru"},
}
