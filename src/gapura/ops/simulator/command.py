"""The command `gapura simulator`."""

import argparse
import os
import signal
import threading
from urllib.parse import urlsplit

from gapura.config.environment import PREFIX
from gapura.ops.simulator.window import Simulator
from gapura.ops.surroundings import adopt_demo
from gapura.ops.trouble import Trouble, say

PORT = 8035
_SAFE = ("demo", "test")


def simulator(options: argparse.Namespace) -> int:
    """Play the authorities until SIGTERM.

    :raises Trouble: outside of demo and tests, or when the port is taken
    """
    adopt_demo()
    if os.environ.get(f"{PREFIX}ENVIRONMENT") not in _SAFE:
        raise Trouble(
            "The simulator says yes to made-up people and companies, so it only starts with "
            "GAPURA_ENVIRONMENT=demo or test."
        )
    page = urlsplit(os.environ.get(f"{PREFIX}SIMULATOR_URL", f"http://localhost:{PORT}"))
    try:
        server = Simulator(("127.0.0.1", options.port or page.port or PORT))
    except OSError as error:
        raise Trouble(f"The simulator can't listen ({error.strerror or error}).") from error
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    say(f"authorities played on http://localhost:{server.server_port}")
    server.serve_forever()
    return 0
