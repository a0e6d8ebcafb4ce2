"""The claims that `verify.py` is made with: which tables must agree with which entries."""

import json

from gapura.audit.claims import all_claims
from tools.house.inventory import ROOT

FILE = ROOT / "src/gapura/audit/offline/claims.json"


def text() -> str:
    """All claims as the rooms declare them now."""
    claims = [claim.as_json() for claim in all_claims()]
    lines = ",\n".join(json.dumps(claim, sort_keys=True) for claim in claims)
    return f'{{"claims": [\n{lines}\n]}}\n'


def is_fresh() -> bool:
    """Whether the file says what the rooms say."""
    return FILE.is_file() and FILE.read_text(encoding="utf-8") == text()


def write() -> None:
    """Write the file."""
    FILE.write_text(text(), encoding="utf-8")
