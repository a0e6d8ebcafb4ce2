"""Verbs of the register of letters: entered, named, checked, refused, confirmed, ended."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from gapura.access import services
from gapura.access.errors import BadOfficer
from gapura.access.queries import OfficerFilters, appointments_to_activate, officers_of
from gapura.access.services import LetterText, OfficerText
from gapura.documents.services import receive
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.ops.seeding import papers, walk
from gapura.ops.seeding.doing.world import Verb, World
from gapura.ops.seeding.people import SYSTEM
from gapura.ops.seeding.registers import KEEPER
from gapura.ops.seeding.rounds import Deed
from gapura.organizations.queries import LetterFilters, register_letters
from gapura.organizations.services import LetterScope

_REFUSED = "Daftar nama dalam lampiran tidak sama dengan yang dimasukkan."
_ENDED = "Surat keputusan dicabut karena perubahan susunan organisasi."
_REPLACED = "Diganti dengan surat keputusan yang lebih baru."


def _enter(world: World, deed: Deed) -> None:
    actor, values = world.actor(deed.who), deed.values
    paper = papers.shared(values["roles"][0])
    today = clock.today()
    last = today + timedelta(days=values["lasts"])
    signed = today - timedelta(days=5)
    services.enter_letter(
        actor=actor,
        text=LetterText(values["number"], signed, paper.signer, paper.position, today, last),
        scope=LetterScope(tuple(values["roles"]), values["unit"], beyond_year=True),
        document=receive(actor=actor, name=paper.name, content=paper.content),
    )


def _letter(world: World, number: str) -> UUID:
    """The living letter with this number, as its keeper finds it."""
    found = register_letters(world.actor(KEEPER), LetterFilters(text=number))
    return found.rows[0].id


def _name(world: World, deed: Deed) -> None:
    letter = _letter(world, deed.values["number"])
    for each in _placed(deed.values["officers"]):
        try:
            services.name_officer(
                actor=world.actor(deed.who), letter_id=letter, officer=OfficerText(**each)
            )
        except BadOfficer:
            # Somebody of the crowd whose other role excludes this one: nobody names them.
            continue


def _name_from_file(world: World, deed: Deed) -> None:
    keys = ("nik", "name", "role", "unit")
    lines = [",".join(each[key] for key in keys) for each in _placed(deed.values["officers"])]
    run = services.begin_import(
        actor=world.actor(deed.who),
        letter_id=_letter(world, deed.values["number"]),
        name="daftar-pejabat.csv",
        content="\n".join(["NIK,Nama,Peran,Unit", *lines]).encode(),
    )
    system = _system("import")
    services.judge_import(actor=system, import_id=run)
    services.start_import(actor=world.actor(deed.who), import_id=run, leave_out=True)
    services.run_import(actor=system, import_id=run)


def _placed(officers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who belongs nowhere yet comes to one unit after the other."""
    units = ("D32.002", "D32.008", "D32.009")
    return [
        each | {"unit": each["unit"] or units[n % len(units)]} for n, each in enumerate(officers)
    ]


def _system(name: str) -> Actor:
    return Actor(system=name, name=SYSTEM.name, acr=SYSTEM.acr)


def _check(world: World, deed: Deed) -> None:
    letter = _letter(world, deed.values["number"])
    services.check_letter(actor=world.actor(deed.who), letter_id=letter)
    while services.tell_officers(letter_id=letter):
        pass


def _refuse(world: World, deed: Deed) -> None:
    letter = _letter(world, deed.values["number"])
    services.refuse_letter(actor=world.actor(deed.who), letter_id=letter, reason=_REFUSED)


def _withdraw(world: World, deed: Deed) -> None:
    letter = _letter(world, deed.values["number"])
    services.withdraw_letter(actor=world.actor(deed.who), letter_id=letter)


def _confirm(world: World, deed: Deed) -> None:
    """Those whom the letter names confirm what was prepared for them, all but the last."""
    letter = _letter(world, deed.values["number"])
    rows = officers_of(world.actor(deed.who), letter, OfficerFilters(state="granted")).rows
    named = {row.name for row in rows[:-1]}
    for username, someone in world.people.items():
        if someone.name in named:
            actor = world.actor(username)
            for grant in appointments_to_activate(actor):
                walk.activate(actor.who, grant)


def _end(world: World, deed: Deed) -> None:
    old, by = deed.values["number"], None
    if deed.values["replaces"]:
        old, by = deed.values["replaces"], _letter(world, old)
    letter = _letter(world, old)
    reason = _REPLACED if by else _ENDED
    services.end_letter(actor=world.actor(deed.who), letter_id=letter, reason=reason, by=by)
    while services.tell_ended(letter_id=letter):
        pass


VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "enter_letter": _enter,
        "name_officers": _name,
        "name_from_file": _name_from_file,
        "check_letter": _check,
        "refuse_letter": _refuse,
        "withdraw_letter": _withdraw,
        "confirm_letter": _confirm,
        "end_letter": _end,
        "replace_letter": _end,
    }
)
