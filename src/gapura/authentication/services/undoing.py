"""A change of mailbox or telephone is taken back from the contact before: the account is locked."""

from django.db import transaction

from gapura.accounts.permissions import Can
from gapura.accounts.queries import change_for, person_by_id, recipient
from gapura.accounts.services import Restored, restore_contact
from gapura.authentication.services.foreign_factors import take_newer_away
from gapura.authentication.services.locks import one_at_a_time, shut
from gapura.authentication.services.recovery_ends import stop_mailbox_wait
from gapura.kernel import throttle
from gapura.kernel.actor import Actor
from gapura.kernel.addresses import address_key
from gapura.kernel.permissions import require
from gapura.notifications.services import Recipient, notify

TRIES = throttle.Limit("authentication.undo_contact", 60, 3600)


def undo_contact(*, actor: Actor, token: str) -> Restored:
    """Put the contact before back with the link of a notice. It works once, and signed out.

    All sessions end, no device is known any more, and nobody signs in before a new password was
    chosen with the mailbox and a second factor: whoever changed the contact may know the present
    one. An app, passkeys and backup codes that came since the change go: a stranger would come
    back with them. A wait for a new password that only a mailbox was proven for stops, as that
    mailbox may have been the stranger's; a way back that two people stand for goes on.

    :raises UndoOver: the link was used, is too old, or was never sent.
    :raises TooMany: sixty an hour from one address.
    """
    require(actor, Can.UNDO_CONTACT)
    throttle.count(TRIES, address_key(actor.ip))
    owner = change_for(token).person
    with transaction.atomic():
        # The account's lock comes first, as at a sign-in: two of them must not wait for each other.
        one_at_a_time(owner)
        done = restore_contact(actor=actor, token=token)
        stop_mailbox_wait(actor, owner, "undone")
        take_newer_away(actor, owner, done.since)
        shut(actor, owner, "not_me")
        _tell(done)
    return done


def _tell(done: Restored) -> None:
    person = person_by_id(done.person)
    facts = {"taken": done.taken}
    notify(
        recipient(person), "accounts/mail/contact_restored.txt", facts, bell=False, link="/recover"
    )
    for address in () if done.taken else done.dropped:
        if address.lower() != person.email.lower():
            notify(
                Recipient(None, person.name, address, person.language),
                "accounts/mail/contact_undone.txt",
                {},
                link="/help/contact",
            )
