"""Programs by others that must agree with ours: found or built here, else their tests say so."""

import os
import subprocess
from functools import cache
from pathlib import Path
from shutil import which

GO_TLOG = Path(__file__).parent / "go_tlog"
# Where Debian's golang-golang-x-mod-dev puts the packages; without it they come as a Go module.
_DEBIAN = Path("/usr/share/gocode/src/golang.org/x/mod")
_SECONDS = 300
NOT_RUN = (
    "NOT RUN: the second verifier needs Go and golang.org/x/mod (Debian: golang-go and "
    "golang-golang-x-mod-dev, or a Go module proxy)"
)


@cache
def go_tlog(folder: Path) -> Path | None:
    """The verifier made of Go's own packages, built into `folder`; None where it cannot be."""
    go = which("go")
    if go is None:
        return None
    program, modules = folder / "go_tlog", folder / "go.mod"
    text = (GO_TLOG / "go.mod").read_text(encoding="utf-8")
    if _DEBIAN.is_dir():
        text += f"\nreplace golang.org/x/mod => {_DEBIAN}\n"
    modules.write_text(text, encoding="utf-8")
    (folder / "go.sum").write_bytes((GO_TLOG / "go.sum").read_bytes())
    words = [go, "build", "-modfile", str(modules), "-mod=mod", "-o", str(program), "."]
    env = os.environ | {"GOTOOLCHAIN": "local", "CGO_ENABLED": "0"}
    try:
        answer = subprocess.run(words, cwd=GO_TLOG, env=env, capture_output=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    return program if answer.returncode == 0 else None


def ask(program: Path, *words: str) -> tuple[int, str]:
    """Exit code and what was said."""
    answer = subprocess.run(
        [str(program), *words], capture_output=True, text=True, timeout=_SECONDS
    )
    assert answer.returncode in (0, 1), answer.stderr
    return answer.returncode, answer.stdout.strip()
