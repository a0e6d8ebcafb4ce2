"""The nightly search for accounts that may be one human: keyed lookups only, nothing else happens.

Compared is what people gave to be recognized by: NIK, NIP, name with birth date, telephone. Not
devices, addresses of the network or places: those are kept to guard accounts, and an office shares
its computers (UU 27/2022 article 27: processing is limited to its purpose).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from gapura.accounts import events
from gapura.accounts.choices import OPEN_DUPLICATE
from gapura.accounts.models import AccountRule, Duplicate, Person
from gapura.accounts.permissions import Can
from gapura.accounts.rules.duplicates import judge, likeness
from gapura.accounts.services.duplicate_steps import note, step
from gapura.accounts.states import CLOSED, REGISTERED
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.encryption import lookup
from gapura.kernel.permissions import require

_FILL, _PAIRS = 500, 200
# Only officers' numbers are unique across the country: the services number their members apart.
_SHARED = (
    ("same_nik", "nik_lookup", "TRUE"),
    ("same_nip", "nip_lookup", "kind IN ('pns', 'pppk')"),
    ("same_name_birth", "likeness_lookup", "TRUE"),
    ("same_phone", "phone_lookup", "phone_verified_at IS NOT NULL"),
)
_LIVING = "state NOT IN ('registered', 'closed')"
_ONE = """
    SELECT a.id AS first, b.id AS second, '{code}' AS code
      FROM (SELECT {column} AS value FROM accounts_person
             WHERE {living} AND {only} AND {column} IS NOT NULL
             GROUP BY 1 HAVING count(*) BETWEEN 2 AND %(most)s) shared
      JOIN accounts_person a ON a.{column} = shared.value AND a.{living} AND {only_a}
      JOIN accounts_person b ON b.{column} = shared.value AND b.{living} AND {only_b}
       AND a.id < b.id
"""


Thing = TypeVar("Thing")


def find_duplicates(*, actor: Actor) -> int:
    """Look through all accounts; answers how many pairs are new. A pair decided on stays so.

    Memory stays flat for any number of accounts, and a second run at once finds the same pairs.
    """
    require(actor, Can.FIND_DUPLICATES)
    _fill_lookups()
    _lapse(actor)
    scores = AccountRule.value_at("duplicate_scores", clock.today())
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"most": scores["group_most"]})
        found = cursor.fetchall()
    return sum(_note_pairs(actor, chunk, scores) for chunk in _chunks(found, _PAIRS))


def _statement() -> str:
    parts = (
        _ONE.format(
            code=code,
            column=column,
            living=_LIVING,
            only=only,
            only_a=_of("a", only),
            only_b=_of("b", only),
        )
        for code, column, only in _SHARED
    )
    together = " UNION ALL ".join(parts)
    return f"SELECT first, second, array_agg(code) FROM ({together}) pairs GROUP BY 1, 2"  # noqa: S608


def _of(table: str, only: str) -> str:
    return only if only == "TRUE" else f"{table}.{only}"


def _fill_lookups() -> None:
    """Accounts that were made before there were these lookups, or brought in around the verbs."""
    empty = Q(likeness_lookup__isnull=True) | Q(phone_lookup__isnull=True, phone__isnull=False)
    rows = Person.objects.filter(empty).exclude(state__in=[REGISTERED, CLOSED])
    columns = ("id", "name", "nik", "phone")
    for chunk in _chunks(rows.only(*columns).order_by("pk").iterator(_FILL), _FILL):
        for person in chunk:
            person.likeness_lookup = lookup(likeness(person.name, person.nik), "likeness")
            person.phone_lookup = lookup(person.phone, "phone") if person.phone else None
        Person.objects.bulk_update(chunk, ["likeness_lookup", "phone_lookup"])


def _note_pairs(
    actor: Actor, pairs: Sequence[tuple[UUID, UUID, list[str]]], scores: Mapping[str, int]
) -> int:
    ids = {one for first, second, _ in pairs for one in (first, second)}
    people = {p.pk: p for p in Person.objects.filter(pk__in=ids).only("id", "name", "username")}
    judged = [
        (people[first], people[second], *judge(set(codes), people[first].name,
                                               people[second].name, scores))
        for first, second, codes in pairs
    ]  # fmt: skip
    with transaction.atomic():
        return _keep(actor, [row for row in judged if row[2] >= scores["least"]])


def _keep(actor: Actor, judged: Iterable[tuple[Person, Person, int, list[str]]]) -> int:
    """New pairs with their event; of open ones what speaks for it now."""
    now, new = clock.now(), 0
    for first, second, score, evidence in judged:
        seen: dict[str, Any] = {"score": score, "evidence": evidence, "seen_at": now}
        row = Duplicate(first=first, second=second, found_at=now, **seen)
        Duplicate.objects.bulk_create([row], ignore_conflicts=True)
        if Duplicate.objects.filter(pk=row.pk).exists():
            note(actor, events.DUPLICATE_FOUND, row, score=score, evidence=evidence)
            new += 1
        else:
            rows = Duplicate.objects.filter(first=first, second=second, state__in=OPEN_DUPLICATE)
            rows.update(**seen)
    return new


def _lapse(actor: Actor) -> None:
    """Of pairs with an account that was closed otherwise nothing is left to decide."""
    gone = Q(first__state=CLOSED) | Q(second__state=CLOSED)
    ids = Duplicate.objects.filter(gone, state__in=OPEN_DUPLICATE).values_list("pk", flat=True)
    for one in list(ids):
        with transaction.atomic():
            row = Duplicate.objects.select_related("first", "second").get(pk=one)
            require(actor, Can.LAPSE_DUPLICATE, row)
            step(row, "lapse", ended_at=clock.now())
            note(actor, events.DUPLICATE_GONE, row)


def _chunks(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    rest = iter(things)
    while chunk := list(islice(rest, size)):
        yield chunk
