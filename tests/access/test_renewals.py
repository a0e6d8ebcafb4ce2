"""Going on with an access: before its end without a gap, after it anew; never twice."""

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from gapura.access import services
from gapura.access.errors import (
    AlreadyOpen,
    Incomplete,
    KeptByRenewal,
    NoSuchGrant,
    NotRenewable,
    RenewalTooEarly,
    RenewedAlready,
)
from gapura.access.models import AccessRequest, Grant
from gapura.access.queries import draft_view, renewable
from gapura.accounts.models import Person
from gapura.kernel import clock
from tests.access import world


@pytest.fixture
def grant(applicant: Person, verifier: Person) -> Grant:
    return Grant.objects.get(pk=world.active(applicant, verifier))


def near_end(grant: Grant, days: int = 30) -> AbstractContextManager[None]:
    """So many days before the last one."""
    left = (grant.valid.upper - clock.today()).days
    return clock.frozen(clock.now() + timedelta(days=left - days))


def renew(applicant: Person, grant: Grant, days: int = 400) -> UUID:
    me = world.actor(applicant, 1)
    request_id = services.begin_renewal(actor=me, grant_id=grant.id)
    services.save_draft(
        actor=me,
        role="ppk",
        request_id=request_id,
        letter=world.letter_details(days=days),
        document=world.document(applicant),
    )
    return request_id


def test_a_renewal_asks_for_nothing_but_the_letter(applicant: Person, grant: Grant) -> None:
    with near_end(grant):
        me = world.actor(applicant, 1)
        assert renewable(me)[grant.id].kind == "renewal"
        request_id = services.begin_renewal(actor=me, grant_id=grant.id)
        view = draft_view(me, request_id)
        assert set(view.missing) == {"letter", "document"}
        assert [each.name for each in view.sections if each.fixed] == ["role", "place"]
        assert renewable(me)[grant.id].request == request_id


def test_the_renewed_access_begins_the_day_after_the_old_one_ends(
    applicant: Person, verifier: Person, grant: Grant
) -> None:
    with near_end(grant):
        request_id = renew(applicant, grant)
        services.submit_request(actor=world.actor(applicant, 1), request_id=request_id)
        services.claim_request(actor=world.actor(verifier), request_id=request_id)
        new = Grant.objects.get(pk=world.approve(verifier, request_id))
        assert new.valid.lower == grant.valid.upper
        assert new.follows_id == grant.id
        me = world.actor(applicant, 1)
        assert grant.id not in renewable(me)
        with pytest.raises(RenewedAlready):
            services.begin_renewal(actor=me, grant_id=grant.id)


def test_after_the_last_day_it_is_a_reactivation(
    applicant: Person, verifier: Person, grant: Grant
) -> None:
    with near_end(grant, days=-5):
        request_id = renew(applicant, grant)
        assert AccessRequest.objects.get(pk=request_id).kind == "reactivation"
        services.submit_request(actor=world.actor(applicant, 1), request_id=request_id)
        services.claim_request(actor=world.actor(verifier), request_id=request_id)
        new = Grant.objects.get(pk=world.approve(verifier, request_id))
        assert new.valid.lower == clock.today()


def test_it_is_too_early_before_the_rule_lets_renew(applicant: Person, grant: Grant) -> None:
    me = world.actor(applicant, 1)
    assert renewable(me) == {}
    with pytest.raises(RenewalTooEarly):
        services.begin_renewal(actor=me, grant_id=grant.id)


def test_a_letter_that_does_not_reach_beyond_is_refused(applicant: Person, grant: Grant) -> None:
    with near_end(grant):
        request_id = renew(applicant, grant, days=10)
        with pytest.raises(Incomplete) as caught:
            services.submit_request(actor=world.actor(applicant, 1), request_id=request_id)
        assert set(caught.value.fields) == {"valid_until"}


def test_it_is_begun_once(applicant: Person, grant: Grant) -> None:
    with near_end(grant):
        first = renew(applicant, grant)
        with pytest.raises(AlreadyOpen) as caught:
            services.begin_renewal(actor=world.actor(applicant, 1), grant_id=grant.id)
        assert caught.value.request_id == first


@pytest.mark.parametrize("change", [{"role": "pp"}, {"role": "ppk", "unit": "T1.2"}])
def test_it_keeps_role_and_place(applicant: Person, grant: Grant, change: dict[str, Any]) -> None:
    with near_end(grant):
        request_id = renew(applicant, grant)
        with pytest.raises(KeptByRenewal):
            services.save_draft(actor=world.actor(applicant, 1), request_id=request_id, **change)


def test_nobody_renews_for_somebody_else(verifier: Person, grant: Grant) -> None:
    with near_end(grant), pytest.raises(NoSuchGrant):
        services.begin_renewal(actor=world.actor(verifier), grant_id=grant.id)


def test_what_was_ended_is_not_renewed(applicant: Person, verifier: Person, grant: Grant) -> None:
    services.revoke(actor=world.actor(verifier), grants=[grant.id], reason="Pindah tugas.")
    with near_end(grant), pytest.raises(NotRenewable):
        services.begin_renewal(actor=world.actor(applicant, 1), grant_id=grant.id)
