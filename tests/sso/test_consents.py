"""What people allow applications: given, widened, taken back, and by whom."""

from uuid import UUID

import pytest

from gapura.audit.models import LogEvent
from gapura.kernel.actor import Actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Refused
from gapura.sso import services
from gapura.sso.errors import NoSuchConsent
from gapura.sso.models import Authorization, Client, Consent, LogoutDelivery
from gapura.sso.protocol.scopes import SCOPES
from gapura.sso.queries import applications_of, signed_on_with
from tests.authentication.world import later, person
from tests.reports.test_claims import differing
from tests.sessions import acting
from tests.sso.world import authorization, client, stopped

pytestmark = pytest.mark.django_db


def give(actor: Actor, of: Client, *scopes: str) -> None:
    services.give_consent(
        actor=actor, client=of.id, client_id=of.client_id, name=of.name, scopes=scopes
    )


def entries(name: str) -> list[LogEvent]:
    return list(LogEvent.objects.filter(name=f"sso.{name}").order_by("occurred_at", "id"))


def test_it_is_remembered_with_an_entry_that_names_every_scope() -> None:
    here, app = acting(person()), client()
    give(here, app, "profile", "openid")
    row = Consent.objects.get()
    assert (row.person_id, row.client_id) == (here.person, app.id)
    assert row.scopes == ["openid", "profile"]
    (entry,) = entries("consent.given")
    assert entry.facts["scopes"] == "openid profile"
    assert (entry.facts["consent"], entry.person) == (str(row.id), here.person)


def test_the_same_again_changes_nothing_and_tells_nothing() -> None:
    here, app = acting(person()), client()
    give(here, app, "openid", "profile")
    give(here, app, "profile")
    assert Consent.objects.get().scopes == ["openid", "profile"]
    assert len(entries("consent.given")) == 1
    assert entries("consent.widened") == []


def test_more_widens_it_and_less_never_narrows_it() -> None:
    here, app = acting(person()), client()
    give(here, app, "openid", "profile")
    give(here, app, "openid", "email")
    assert Consent.objects.get().scopes == ["email", "openid", "profile"]
    assert entries("consent.widened")[0].facts["scopes"] == "email openid profile"


def test_nobody_gives_it_without_being_signed_in() -> None:
    with pytest.raises(Refused):
        give(Actor(), client(), "openid")


def test_taking_it_back_ends_what_rested_on_it_and_tells_the_application() -> None:
    someone = person()
    here = acting(someone)
    app = client(backchannel_logout_uri="https://app.example.go.id/out")
    give(here, app, "openid")
    row = authorization(app, someone, session=here.session)
    offline = authorization(app, someone, offline=True)
    other = authorization(client(), someone, session=here.session)
    services.withdraw_consent(actor=here, client=app.id)
    assert (stopped(row), stopped(offline), stopped(other)) == ("ended", "ended", "")
    assert Consent.objects.get().withdrawn_at is not None
    (entry,) = entries("consent.withdrawn")
    assert entry.facts["authorizations"] == 2
    assert {one.why for one in LogoutDelivery.objects.all()} == {"withdrawn"}
    assert {one.session for one in LogoutDelivery.objects.all()} == {row.session, offline.session}


def test_taken_back_it_is_asked_anew_and_both_stand_in_the_log() -> None:
    here, app = acting(person()), client()
    give(here, app, "openid", "profile")
    services.withdraw_consent(actor=here, client=app.id)
    with later(seconds=5):
        give(here, app, "openid")
    assert Consent.objects.count() == 2
    assert Consent.objects.get(withdrawn_at__isnull=True).scopes == ["openid"]


def test_the_log_proves_what_was_allowed() -> None:
    """A row that somebody widens in the database is found."""
    here, app = acting(person()), client()
    give(here, app, "openid")
    give(here, app, "profile")
    other = client()
    give(here, other, "openid")
    services.withdraw_consent(actor=here, client=other.id)
    assert differing("sso.consent") == set()
    Consent.objects.filter(client=app).update(scopes=["email", "openid", "profile"])
    assert differing("sso.consent") == {"scopes"}


def test_nobody_takes_back_what_another_allowed() -> None:
    """Insecure direct object reference: only one's own consent hangs on one's own session."""
    someone, app = person(), client()
    give(acting(someone), app, "openid")
    row = authorization(app, someone)
    with pytest.raises(NoSuchConsent):
        services.withdraw_consent(actor=acting(person()), client=app.id)
    assert stopped(row) == ""
    assert Consent.objects.get().withdrawn_at is None


@pytest.mark.parametrize("of", [UUID(int=1), uuid7()])
def test_what_is_not_there_cannot_be_taken_back(of: UUID) -> None:
    with pytest.raises(NoSuchConsent):
        services.withdraw_consent(actor=acting(person()), client=of)


def test_a_sign_on_that_nobody_was_asked_about_is_ended_the_same_way() -> None:
    someone, app = person(), client(asks_consent=False)
    here = acting(someone)
    row = authorization(app, someone, session=here.session)
    services.withdraw_consent(actor=here, client=app.id)
    assert stopped(row) == "ended"
    (entry,) = entries("authorization.ended")
    assert (entry.facts["why"], entry.facts["authorizations"]) == ("withdrawn", 1)


def test_the_list_holds_what_is_allowed_and_what_is_live_and_nobody_elses() -> None:
    someone = person()
    here = acting(someone)
    allowed, live, ended, foreign = (client(name=n) for n in ("Allowed", "Live", "Ended", "Other"))
    give(here, allowed, "openid", "profile")
    authorization(live, someone, session=here.session)
    authorization(live, someone, session=here.session)
    authorization(ended, someone, ended_at=here.facts["proved_at"])
    give(acting(person()), foreign, "openid")
    found = {one.name: one for one in applications_of(here)}
    assert set(found) == {"Allowed", "Live"}
    assert found["Allowed"].sees == (SCOPES["openid"].text, SCOPES["profile"].text)
    assert (found["Allowed"].asked, found["Allowed"].sessions) == (True, 0)
    assert (found["Live"].asked, found["Live"].sessions, found["Live"].sees) == (False, 1, ())


def test_a_sign_on_whose_session_is_over_is_no_longer_listed() -> None:
    someone = person()
    here, app = acting(someone), client()
    authorization(app, someone)
    assert len(applications_of(here)) == 1
    Authorization.objects.update(session=uuid7())
    assert applications_of(here) == ()


def test_the_applications_of_this_very_session_are_named() -> None:
    someone = person()
    here = acting(someone)
    authorization(client(name="B"), someone, session=here.session)
    authorization(client(name="A"), someone, session=here.session)
    authorization(client(name="Elsewhere"), someone)
    assert signed_on_with(here) == ("A", "B")


def test_lists_are_for_people_who_are_signed_in() -> None:
    for read in (applications_of, signed_on_with):
        with pytest.raises(Refused):
            read(Actor())
