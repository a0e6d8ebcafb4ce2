"""`python -m tools.house`: write docs/house.md and the claims; --check compares; --rights too."""

import argparse
import os
import sys

from tests.environment import ENVIRONMENT


def main() -> int:
    """0 when everything is written, or (with --check) fresh."""
    parser = argparse.ArgumentParser(prog="python -m tools.house", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether it is fresh")
    parser.add_argument("--rights", action="store_true", help="write tests/house/matrix.csv too")
    options = parser.parse_args()
    os.environ.update(ENVIRONMENT, DJANGO_SETTINGS_MODULE="gapura.config.settings")
    # Both need Django, which needs the settings above.
    import django  # noqa: PLC0415

    django.setup()
    from tools.house import claims, matrix, page  # noqa: PLC0415

    if options.rights:
        matrix.write()
    if not options.check:
        claims.write()
    elif not claims.is_fresh():
        print("the claims are old; write them again: python -m tools.house", file=sys.stderr)
        return 1
    if not options.check:
        page.write()
    elif not page.is_fresh():
        print("docs/house.md is old; write it again: python -m tools.house", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
