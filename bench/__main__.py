"""The command line of the bench: one area, measured, as a table or as JSON."""

import argparse
import signal
import sys
from contextlib import redirect_stdout
from importlib import import_module

from bench.cpu import check_platform, machine
from bench.figures import Report

AREAS = {
    "pages": "CPU, queries and bytes of pages on a running server; memory of its worker",
    "start": "seconds to the first page of ./run, fresh and again",
    "signin": "CPU of a whole sign-in against the bare password hash; a rush, and what stays quick",
    "token": "a token for the client itself, beside other providers",
    "introspection": "what a token is worth, beside other providers",
    "userinfo": "who somebody is, beside other providers",
    "refresh": "a refresh token used again, beside other providers",
    "jwks": "keys and discovery, beside other providers",
    "flow": "a sign-in that an application asks for, to its tokens, beside npm oidc-provider",
    "tokens": "refreshes among millions of live refresh tokens (BENCH_TOKENS)",
    "enumeration": "whether the time of an answer tells who has an account",
    "verify": "events a second that `gapura audit verify` checks, in the database and offline",
    "honest": "false alarms over a million honest events amid crashes (BENCH_EVENTS)",
    "explorer": "the log at the size of a country: histories, searches, proofs (BENCH_ENTRIES)",
    "audit": "events a second with one commit each, with and without the sealer",
    "decide": "permission decisions a second",
    "import": "a file of 20,000 officers, from the upload to the last name",
    "access": "pages, decisions and nightly rounds with a million accounts",
    "letters": "seconds to end a letter on which 5,000 grants rest",
    "campaign": "starting a verification of 300,000 accounts, its mails and numbers",
}


def main() -> int:
    """0 when it was measured, also when something is over its limit; 2 for a wrong argument."""
    told = argparse.ArgumentParser(
        prog="bench/run",
        description="Measure one area. Figures are CPU time and ratios; the table says the limits.",
        epilog="\n".join(f"  {name:13}{about}" for name, about in AREAS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    told.add_argument("area", help=", ".join(AREAS))
    told.add_argument("--json", action="store_true", help="print one JSON object")
    options = told.parse_args()
    if options.area not in AREAS:
        told.exit(2, f"gapura: there is no area {options.area!r}. Areas: {', '.join(AREAS)}.\n")
    check_platform()
    # So that what was started is also stopped when somebody ends the bench.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with redirect_stdout(sys.stderr):  # what is measured may tell of its own progress
        found: Report = import_module(f"bench.areas.{options.area}").measure()
    report = Report(found.area, found.figures, {**machine(), **found.about})
    print(report.as_json() if options.json else report.as_text())
    return 0


if __name__ == "__main__":
    sys.exit(main())
