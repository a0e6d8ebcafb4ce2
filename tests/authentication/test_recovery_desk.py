"""Those who vouch for whoever lost everything: two people, never one, never the person (D41)."""

from datetime import timedelta

import pytest

from gapura.accounts.models import Person
from gapura.authentication import services
from gapura.authentication.errors import (
    BadVouch,
    NoSuchRecovery,
    NotReady,
    RegistrySilent,
)
from gapura.authentication.models import Recovery
from gapura.authentication.queries import recoveries_for
from gapura.authentication.services.recovery_desk import REGISTRY_DIFFERS
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from tests.authentication.recovering import (
    REASON,
    ask_by_mail,
    ask_without,
    birthday,
    come_back,
    elsewhere,
    helper,
    named,
    newest,
    second,
    seen,
    vouch,
    waiting,
)
from tests.authentication.world import OTHER_PASSWORD, events, mails
from tests.simulator import Authorities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("personas")]
SYSTEM = system_actor("recovery")


def states(row: Recovery) -> str:
    row.refresh_from_db()
    return row.state


@pytest.mark.parametrize("missing", ["card", "face", "letter"])
def test_nobody_vouches_with_a_point_left_open(missing: str) -> None:
    row = ask_by_mail(named("ppk"))
    points = tuple(code for code in ("card", "face", "letter") if code != missing)
    with pytest.raises(BadVouch) as caught:
        vouch(row, checked=points)
    assert "checked" in caught.value.fields
    assert states(row) == "asked"


def test_the_nik_on_the_card_is_the_accounts_and_the_reason_is_written() -> None:
    row = ask_by_mail(named("ppk"))
    with pytest.raises(BadVouch) as caught:
        vouch(row, nik="3273010101900001", reason="ya")
    assert set(caught.value.fields) == {"nik", "reason"}


def test_nobody_brings_back_their_own_account() -> None:
    row = ask_by_mail(named("verifikator"))
    with pytest.raises(Refused) as caught:
        vouch(row, helper("verifikator"))
    assert "is_about_another" in {c.name for c in caught.value.verdict.missing}
    vouch(row, helper("verifikator2"))
    with pytest.raises(Refused):
        second(row, helper("verifikator"))


def test_the_voucher_is_never_the_second_person() -> None:
    """One bribed helper would be enough (D41)."""
    row = ask_by_mail(named("ppk"))
    vouch(row, helper("verifikator"))
    with pytest.raises(Refused) as caught:
        second(row, helper("verifikator"))
    assert "did_not_vouch" in {c.name for c in caught.value.verdict.missing}
    second(row, helper("admin_instansi"))
    assert states(row) == "waiting"


def test_another_agencys_verifier_finds_nothing() -> None:
    row = ask_by_mail(named("ppk"))
    stranger = elsewhere(helper("verifikator"), "D3578")
    for act in (
        lambda: vouch(row, stranger),
        lambda: second(row, stranger),
        lambda: services.refuse_recovery(actor=stranger, recovery_id=row.id, reason=REASON),
    ):
        with pytest.raises(NoSuchRecovery):
            act()
    assert states(row) == "asked"


@pytest.mark.parametrize("role", ["ppk", "pa", "apip", "kurator", "penyedia", "warga", "helpdesk"])
def test_other_roles_find_nothing(role: str) -> None:
    row = ask_by_mail(named("pp"))
    with pytest.raises(NoSuchRecovery):
        vouch(row, helper(role))
    assert states(row) == "asked"


def test_a_code_by_email_is_not_enough_to_help() -> None:
    row = ask_by_mail(named("ppk"))
    with pytest.raises(NoSuchRecovery):
        vouch(row, helper("verifikator", acr=1))


def test_seconding_comes_after_vouching_and_only_once() -> None:
    row = ask_by_mail(named("ppk"))
    with pytest.raises(NoSuchMove):
        second(row)
    vouch(row)
    with pytest.raises(NoSuchMove):
        vouch(row, helper("admin_instansi"))
    second(row)
    with pytest.raises(NoSuchMove):
        second(row, helper("admin_instansi"))


def test_a_refusal_ends_it_and_tells_the_owner() -> None:
    row = ask_by_mail(named("ppk"))
    vouch(row)
    services.refuse_recovery(actor=helper("verifikator2"), recovery_id=row.id, reason=REASON)
    assert states(row) == "refused"
    assert mails(row.person)[-1] == "recovery_refused"
    assert events("authentication.recovery.refused", row.person)


def test_one_second_before_the_wait_is_over_nothing_opens() -> None:
    row, slip = waiting()
    row.refresh_from_db()
    assert row.ready_at is not None
    with clock.frozen(row.ready_at - timedelta(seconds=1)), pytest.raises(NotReady):
        come_back(row, slip)
    with clock.frozen(row.ready_at):
        come_back(row, slip)


def test_a_proven_mailbox_is_not_replaced_and_a_taken_address_is_not_given() -> None:
    row = ask_by_mail(named("ppk"))
    with pytest.raises(BadVouch) as caught:
        vouch(row, new_email="penipu@contoh.id")
    assert "new_email" in caught.value.fields
    other = ask_without(named("pp"))
    with pytest.raises(BadVouch) as caught:
        vouch(other, new_email=named("kpa").email)
    assert "new_email" in caught.value.fields


def test_an_agency_without_two_helpers_leaves_it_to_the_helpdesk() -> None:
    assert ask_by_mail(named("luar")).kind == "operator"
    assert ask_by_mail(named("warga")).kind == "operator"
    assert ask_by_mail(named("ppk")).kind == "vouched"


def test_the_helpdesk_asks_the_registry_and_the_platform_agrees(authorities: Authorities) -> None:
    row = ask_by_mail(named("warga"))
    with pytest.raises(BadVouch) as caught:
        vouch(row, helper("helpdesk"))
    assert set(caught.value.fields) == {"born"}
    slip = vouch(row, helper("helpdesk"), born=birthday(row))
    with pytest.raises(NoSuchRecovery):
        second(row, helper("verifikator"))
    with pytest.raises(Refused):
        second(row, helper("helpdesk"))
    second(row, helper("admin", "admin_platform"))
    row.refresh_from_db()
    assert row.evidence["result_hash"]
    assert row.ready_at is not None
    assert row.seconded_at is not None
    assert row.ready_at - row.seconded_at == timedelta(hours=72)
    with clock.frozen(row.ready_at):
        come_back(row, slip)


def test_without_the_registrys_word_the_helpdesk_vouches_for_nobody(
    authorities: Authorities,
) -> None:
    row = ask_by_mail(named("warga"))
    with pytest.raises(BadVouch):
        vouch(row, helper("helpdesk"), born=birthday(row) + timedelta(days=1))
    Person.objects.filter(pk=row.person_id).update(nik=f"{row.person.nik[:12]}9997")
    row.refresh_from_db()
    with pytest.raises(BadVouch) as caught:
        vouch(row, helper("helpdesk"), born=birthday(row))
    assert caught.value.fields == {"born": REGISTRY_DIFFERS}
    authorities.all_down()
    with pytest.raises(RegistrySilent):
        vouch(row, helper("helpdesk"), born=birthday(row))
    assert states(row) == "asked"


def test_the_password_is_never_shown_to_a_helper() -> None:
    """ASVS 5.0 V6.4.6: no service that a helper may call takes or gives a password."""
    row, _ = waiting()
    kept = str(Recovery.objects.filter(pk=row.pk).values().get())
    assert OTHER_PASSWORD not in kept
    assert not {"password", "new"} & set(seen(row).__dataclass_fields__)


def test_the_newest_is_what_the_list_shows() -> None:
    row = ask_by_mail(named("ppk"))
    assert [one.id for one in recoveries_for(helper("verifikator"))] == [row.id]
    assert recoveries_for(elsewhere(helper("verifikator"), "D3578")) == []
    assert recoveries_for(helper("helpdesk")) == []
    with pytest.raises(Refused):
        recoveries_for(helper("pa"))
    assert newest(row.person).pk == row.pk
