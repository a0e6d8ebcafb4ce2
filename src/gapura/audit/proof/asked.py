"""What anybody may ask of the log without signing in: counted by address, and given up in time."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from gapura.audit.errors import TooBusy
from gapura.audit.permissions import Can
from gapura.audit.proof.checking import Checked, check, check_file, proof_file
from gapura.audit.proof.receipts import Claim
from gapura.kernel import throttle
from gapura.kernel.actor import Actor
from gapura.kernel.addresses import address_key
from gapura.kernel.permissions import require

# One address may be a whole office behind its gateway.
CHECKS = throttle.Limit("audit.receipt", 60, 60)
_LONGEST = "3s"


def check_receipt(*, actor: Actor, claim: Claim) -> Checked:
    """Whether the entry of a receipt is in the log.

    :raises TooMany: more than 60 questions from this address in a minute.
    :raises TooBusy: the database did not answer in three seconds.
    """
    with _bounded(actor):
        return check(claim)


def check_proof_file(*, actor: Actor, content: bytes) -> Checked:
    """The same for a proof file.

    :raises BadReceipt: for a file of another kind, at the field `file`.
    :raises TooMany, TooBusy: as `check_receipt`.
    """
    with _bounded(actor):
        return check_file(content)


def hand_out_proof(*, actor: Actor, event: UUID) -> str:
    """The proof file of an entry under the newest checkpoint; empty while there is none.

    :raises TooMany, TooBusy: as `check_receipt`.
    """
    with _bounded(actor):
        return proof_file(event)


@contextmanager
def _bounded(actor: Actor) -> Iterator[None]:
    require(actor, Can.CHECK_RECEIPT)
    throttle.count(CHECKS, address_key(actor.ip))
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [_LONGEST])
            yield
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooBusy(seconds=10) from error
        raise
