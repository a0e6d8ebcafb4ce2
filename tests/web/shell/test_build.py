"""What is built from npm: pinned without addresses, free of foreign brands, and small."""

import gzip
import json
import re
from pathlib import Path

from tests.web.shell.site import SHELL

ROOT = Path(__file__).parents[3]
BUILT = SHELL / "static/built"
LIMITS = {
    "gapura.css": 18,
    "app.js": 14,
    "htmx.js": 15,
    "passkeys.js": 2,
    "boot.js": 1,
    "leave.js": 1,
}


def test_the_lock_file_pins_by_hash_and_names_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert packages
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert package["integrity"].startswith("sha512-"), name


def test_direct_dependencies_are_exact() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    versions = {**package["dependencies"], **package["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())


def test_every_built_file_is_within_its_size() -> None:
    assert {file.name for file in BUILT.iterdir()} == set(LIMITS)
    for name, limit in LIMITS.items():
        size = len(gzip.compress((BUILT / name).read_bytes(), 9))
        assert size <= limit * 1024, (name, size)


def test_our_own_script_is_small() -> None:
    ours = (ROOT / "frontend/js/app.js").read_bytes() + (ROOT / "frontend/js/boot.js").read_bytes()
    assert len(gzip.compress(ours, 9)) <= 4 * 1024


def test_no_licensed_font_or_mark_of_another_government_is_shipped() -> None:
    css = (BUILT / "gapura.css").read_text()
    assert not re.search(r"@font-face|GDS Transport|crest|data:|#00703c", css, re.IGNORECASE)


def test_pictures_named_by_the_style_sheet_exist() -> None:
    css = (BUILT / "gapura.css").read_text()
    names = set(re.findall(r"url\([\"']?([^\"')]+)", css))
    assert names
    assert all((BUILT / name).resolve().is_file() for name in names)
