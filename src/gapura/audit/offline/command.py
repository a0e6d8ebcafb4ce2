"""The command line of the offline check: `python verify.py BUNDLE`."""

import argparse
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from gapura.audit.offline.checking import check_bundle
from gapura.audit.offline.findings import Report
from gapura.audit.offline.words import LANGUAGES

ABOUT = "Memeriksa bundel log tanpa jaringan. / Checks a bundle of the log without any network."
CODES = (
    "0 utuh/whole, 1 ada masalah/a problem was found, "
    "2 berkas atau arsip tidak ada/a file or an archive is missing"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the check can be told."""
    parser.add_argument("path", type=Path, metavar="BUNDLE", help="folder bundel / the folder")
    parser.add_argument(
        "--kept", type=Path, action="extend", nargs="+", default=[], metavar="FILE",
        help="titik periksa lama milik Anda / older checkpoints of your own",
    )  # fmt: skip
    parser.add_argument(
        "--policy", type=Path, metavar="FILE", help="kunci milik Anda / your own file of keys"
    )
    parser.add_argument(
        "--claims", type=Path, metavar="FILE",
        help="klaim milik Anda (claims.json) / your own file of claims",
    )  # fmt: skip
    parser.add_argument(
        "--archive", type=Path, action="extend", nargs="+", default=[], metavar="FOLDER",
        help="bulan arsip / folders of archived months",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="JSON")
    parser.add_argument("--language", choices=LANGUAGES, help="id, en; keduanya / both")


def tell(report: Report, *, as_json: bool, language: str | None) -> None:
    """Print the report, also where the terminal knows fewer characters."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    if as_json:
        print(json.dumps(report.as_json()))
        return
    for one in (language,) if language else LANGUAGES:
        print("\n".join(report.lines(one)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one bundle; answers the exit code."""
    parser = argparse.ArgumentParser(description=ABOUT, epilog=CODES)
    add_arguments(parser)
    options = parser.parse_args(arguments)
    report = check_bundle(
        options.path, options.kept, options.policy, options.claims, options.archive
    )
    tell(report, as_json=options.json, language=options.language)
    return report.exit_code


def run(options: argparse.Namespace) -> int:
    """The same as a part of a larger command line, whose paths are texts."""
    policy, claims = (Path(t) if t else None for t in (options.policy, options.claims))
    kept, archives = ([Path(t) for t in texts] for texts in (options.kept, options.archive))
    report = check_bundle(Path(options.path), kept, policy, claims, archives)
    tell(report, as_json=options.json, language=options.language)
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main())
