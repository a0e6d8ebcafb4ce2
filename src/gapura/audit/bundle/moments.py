"""The two moments at which a bundle is read: first the tables, then the entries behind them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from django.db import connection

from gapura.audit.bundle.rows import Snapshot
from gapura.audit.checkpoints import checkpoint
from gapura.audit.errors import LogBroken
from gapura.audit.sealer import seal_all
from gapura.audit.signing.line import SignerAway

# Seconds. Longer than transactions last, behind which entries wait for their numbers.
PATIENCE = 10.0
_PAUSE = 0.2
_log = logging.getLogger(__name__)


@contextmanager
def two_moments() -> Iterator[tuple[Snapshot, Snapshot]]:
    """The tables, and a little later the entries: by then all that the tables show is signed.

    What nobody signed could have been made up for the bundle, so it explains no row. The newest
    archives and erasures are signed then, too, if anybody signs at all.
    """
    with _one_moment() as tables:
        over = monotonic() + PATIENCE
        while monotonic() < over:
            with _one_moment() as snapshot:
                if snapshot.is_signed(tables.behind):
                    yield tables, snapshot
                    return
            try:
                seal_all()
                if checkpoint(now=True) is None:
                    # The worker seals just now, or somebody is still writing.
                    sleep(_PAUSE)
            except (SignerAway, LogBroken):
                _log.warning("what is exported is not signed to its end", exc_info=True)
                break
        with _one_moment() as snapshot:
            yield tables, snapshot


@contextmanager
def _one_moment() -> Iterator[Snapshot]:
    reader = connection.copy()
    try:
        reader.set_autocommit(False)
        with reader.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield Snapshot(reader)
    finally:
        reader.close()
