"""Verbs of requests and grants, from the draft to the end of a role."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID

from gapura.access import services
from gapura.access.services import CorrectionNote
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.ops.seeding import papers, walk
from gapura.ops.seeding.cast import Post
from gapura.ops.seeding.doing.world import Verb, World
from gapura.ops.seeding.people import SYSTEM
from gapura.ops.seeding.rounds import Deed
from gapura.organizations.queries import own_letters
from gapura.organizations.services import revoke_letter

_LETTER = (
    CorrectionNote("letter.document", "unreadable", "Halaman kedua terpotong."),
    CorrectionNote("letter.number", "differs_from_letter", ""),
)
_IDENTITY = (
    CorrectionNote("identity.nip", "differs_from_records", "Mohon cocokkan dengan data SIASN."),
)
# Who decides without opening letters, so that there is something to see in the alerts.
_HASTY = "verifikator2"
_NOT_APPOINTED = """Nama Saudara tidak tercantum dalam surat keputusan yang dilampirkan. Silakan
    hubungi bagian kepegawaian."""


def _draft(world: World, deed: Deed) -> None:
    role, agency = deed.values["role"], deed.values["agency"]
    services.save_draft(actor=world.actor(deed.who, acr=1), role=role, agency=agency)


def _ask(world: World, deed: Deed) -> None:
    values, who = deed.values, world.people[deed.who]
    post = Post(values["role"], agency=values["agency"], unit=values["unit"])
    paper = papers.personal(who, post.role) if values.get("personal") else papers.shared(post.role)
    lasts = values.get("days")
    last = clock.today() + timedelta(days=lasts) if lasts else None
    walk.ask(world.id_of(deed.who), post, paper, last=last)


def _escalate(_world: World, _deed: Deed) -> None:
    services.escalate_overdue(actor=SYSTEM)


def _lapse(_world: World, _deed: Deed) -> None:
    services.lapse_unactivated(actor=SYSTEM)


def _withdraw(world: World, deed: Deed) -> None:
    services.withdraw_request(
        actor=world.actor(deed.who, acr=1), request_id=world.latest_request(deed.who).id
    )


def _judge(world: World, deed: Deed) -> Actor:
    by = deed.values["by"]
    return world.actor(by, "admin_platform" if by == "admin" else "verifikator")


def _claim(world: World, deed: Deed) -> None:
    request_id = world.latest_request(deed.who).id
    services.claim_request(actor=_judge(world, deed), request_id=request_id)


def _approve(world: World, deed: Deed) -> None:
    request_id, judge = world.latest_request(deed.who).id, _judge(world, deed)
    if deed.values["by"] != _HASTY:
        walk.read_letter(judge, request_id)
    services.approve_request(actor=judge, request_id=request_id, checked=walk.ALL_CHECKED)


def _reject(world: World, deed: Deed) -> None:
    services.reject_request(
        actor=_judge(world, deed),
        request_id=world.latest_request(deed.who).id,
        reason_code="not_appointed",
        reason=" ".join(_NOT_APPOINTED.split()),
    )


def _send_back(world: World, deed: Deed) -> None:
    services.ask_correction(
        actor=_judge(world, deed),
        request_id=world.latest_request(deed.who).id,
        notes=_IDENTITY if deed.values["identity"] else _LETTER,
    )


def _send_again(world: World, deed: Deed) -> None:
    request, actor = world.latest_request(deed.who), world.actor(deed.who, acr=1)
    paper = papers.shared(request.role)
    services.save_draft(
        actor=actor,
        role=request.role,
        request_id=request.id,
        letter=walk.words(paper, clock.now()),
    )
    services.submit_request(actor=actor, request_id=request.id)


def _grant(world: World, deed: Deed) -> UUID:
    grant = world.latest_request(deed.who).grant
    assert grant is not None  # noqa: S101 - the plan approves before
    return grant


def _activate(world: World, deed: Deed) -> None:
    walk.activate(world.id_of(deed.who), _grant(world, deed))


def _suspend(world: World, deed: Deed) -> None:
    services.suspend_grant(
        actor=_judge(world, deed), grant_id=_grant(world, deed), reason=deed.values["reason"]
    )


def _revoke(world: World, deed: Deed) -> None:
    services.revoke(
        actor=_judge(world, deed), grants=[_grant(world, deed)], reason=deed.values["reason"]
    )


def _revoke_letter(world: World, deed: Deed) -> None:
    letter = own_letters(Actor(person=world.id_of(deed.who), acr=1))[0]
    revoke_letter(actor=_judge(world, deed), letter_id=letter.id, reason=deed.values["reason"])


VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "draft": _draft,
        "ask": _ask,
        "escalate": _escalate,
        "lapse": _lapse,
        "withdraw": _withdraw,
        "claim": _claim,
        "approve": _approve,
        "reject": _reject,
        "send_back": _send_back,
        "send_again": _send_again,
        "activate": _activate,
        "suspend": _suspend,
        "revoke": _revoke,
        "revoke_letter": _revoke_letter,
    }
)
