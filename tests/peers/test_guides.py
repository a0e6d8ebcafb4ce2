"""What the guides for other software say of gapura is so: commands, addresses, scopes."""

import json
import re
import shlex

import pytest

from gapura.ops.cli import parser
from gapura.sso.protocol.metadata import discovery
from gapura.sso.protocol.scopes import CLAIMS, SCOPES
from tools.assets import ROOT

GUIDES = sorted((ROOT / "docs/relying-parties").glob("*.md"))
COMMAND = re.compile(r"^gapura (clients create (?:.*\\\n)*.*)$", re.MULTILINE)
ADDRESS = re.compile(r"https://gapura\.example(/[\w./-]+)")
ISSUER = "https://gapura.example"


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_the_commands_of_a_guide_are_understood(guide) -> None:  # type: ignore[no-untyped-def]
    found = COMMAND.findall(guide.read_text())
    assert found, "a guide registers the application"
    for line in found:
        options = parser().parse_args(shlex.split(line.replace("\\\n", " ")))
        assert set(options.scope.split()) <= SCOPES.keys()
        assert all(to.startswith("https://") for to in options.redirect_uri)


def test_the_addresses_in_the_guides_are_those_of_discovery() -> None:
    told = json.loads(discovery(ISSUER, scopes=(), claims=(), acrs=()))
    known = {value for value in told.values() if isinstance(value, str)}
    known.add(f"{ISSUER}/.well-known/openid-configuration")
    named = {ISSUER + path for guide in GUIDES for path in ADDRESS.findall(guide.read_text())}
    assert named - known == set()


def test_every_scope_and_claim_is_told_to_whoever_connects_an_application() -> None:
    text = (ROOT / "docs/relying-parties/README.md").read_text()
    assert [name for name in {*SCOPES, *CLAIMS} if f"`{name}`" not in text] == []
