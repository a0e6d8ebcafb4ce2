"""Questions, their answers and who may read them."""

from dataclasses import replace
from uuid import uuid4

import pytest

from gapura.audit.models import LogEvent
from gapura.helpdesk.errors import NoSuchCase, NoSuchTopic, TextLength
from gapura.helpdesk.models import Case
from gapura.helpdesk.queries import case_for, cases_for, counts_for, waiting
from gapura.helpdesk.services import CASES_PER_EMAIL, answer_case, close_case, open_case
from gapura.helpdesk.states import CASE
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.kernel.throttle import TooMany
from gapura.notifications.models import Mail
from tests.access import world

pytestmark = pytest.mark.django_db

TEXT = "I cannot open the page of my request since this morning."
GUEST = Actor(ip="198.51.100.7", language="en")


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()


def ask(actor: Actor = GUEST, **changed: str) -> Case:
    """Open a case; answers its row."""
    values = {"name": "Sari Dewi", "email": "sari@example.id", "topic": "sign_in", "text": TEXT}
    return Case.objects.get(reference=open_case(actor=actor, **{**values, **changed}))


def helper(role: str = "helpdesk", agency: str | None = None) -> Actor:
    return world.actor(world.holder(role.replace("_", ""), role, agency))


def test_the_table_of_states_is_sound() -> None:
    assert CASE.problems() == []


def test_a_guest_gets_a_number_and_a_receipt_in_the_own_language() -> None:
    case = ask()
    assert case.reference.startswith("KAS-")
    mail = Mail.objects.get(template="helpdesk/mail/case_opened.txt")
    assert (mail.address, mail.person) == ("sari@example.id", None)
    assert case.reference in (mail.subject or "")
    assert TEXT not in (mail.body or "")


def test_the_words_of_a_question_are_not_in_the_log() -> None:
    case = ask(text="My NIK is 3171010101900001, please help me.")
    event = LogEvent.objects.get(name="helpdesk.case.opened")
    assert event.subject_label == case.reference
    assert event.facts == {"topic": "sign_in"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x"),
        ("name", "http://evil.example"),
        ("email", "no address"),
        ("email", "sаri@example.id"),  # noqa: RUF001 - the a is Cyrillic: homoglyph attack
        ("email", "a@b.id\r\nBcc: all@example.id"),
        ("topic", "weather"),
        ("agency", "NOPE"),
        ("text", "short"),
        ("text", "x" * 4001),
    ],
)
def test_bad_input_names_its_field_and_opens_nothing(field: str, value: str) -> None:
    with pytest.raises(FieldProblems) as caught:
        ask(GUEST, **{field: value})
    assert list(caught.value.fields) == [field]
    assert not Case.objects.exists()
    assert not Mail.objects.exists()


def test_each_problem_keeps_its_own_words() -> None:
    with pytest.raises(FieldProblems) as caught:
        ask(topic="weather", text="short")
    kinds = {name: type(problem) for name, problem in caught.value.fields.items()}
    assert kinds == {"topic": NoSuchTopic, "text": TextLength}


def test_the_same_form_sent_twice_is_one_case_with_one_mail() -> None:
    assert ask().pk == ask().pk
    assert Case.objects.count() == Mail.objects.count() == 1


def test_one_mailbox_is_not_flooded() -> None:
    for number in range(CASES_PER_EMAIL.count):
        ask(text=f"{TEXT} {number}")
    with pytest.raises(TooMany):
        ask(replace(GUEST, ip="198.51.100.8"), text=f"{TEXT} more", email="SARI@example.id")


def test_the_helpdesk_reads_all_an_agency_only_its_own() -> None:
    ours, theirs, nobodys = ask(agency="T1"), ask(agency="T2"), ask()
    desk, ours_admin = helper(), helper("admin_instansi", "T1")
    assert {row.id for row in cases_for(desk)} == {ours.pk, theirs.pk, nobodys.pk}
    assert [row.id for row in cases_for(ours_admin)] == [ours.pk]
    assert counts_for(ours_admin) == {"open": 1, "answered": 0, "closed": 0}
    assert waiting(ours_admin) == 1
    for foreign in (theirs, nobodys):
        with pytest.raises(NoSuchCase):
            case_for(ours_admin, foreign.pk)
        with pytest.raises(NoSuchCase):
            answer_case(actor=ours_admin, case=foreign.pk, text=TEXT)
        with pytest.raises(NoSuchCase):
            close_case(actor=ours_admin, case=foreign.pk)


def test_others_have_no_list_and_find_no_case() -> None:
    case = ask(agency="T1")
    verifier = world.actor(world.verifier())
    for read in (cases_for, counts_for, waiting):
        with pytest.raises(Refused):
            read(verifier)
    with pytest.raises(NoSuchCase):
        case_for(verifier, case.pk)
    with pytest.raises(NoSuchCase):
        case_for(helper(), uuid4())


def test_an_answer_goes_to_the_mailbox_and_another_one_may_follow() -> None:
    case, desk = ask(), helper()
    answer_case(actor=desk, case=case.pk, text="Please try again with Firefox.")
    answer_case(actor=desk, case=case.pk, text="Please try again with Firefox.")
    answer_case(actor=desk, case=case.pk, text="Did that help you?")
    view = case_for(desk, case.pk)
    assert view.state == "answered"
    assert [answer.text for answer in view.answers] == [
        "Please try again with Firefox.",
        "Did that help you?",
    ]
    mails = Mail.objects.filter(template="helpdesk/mail/case_answered.txt")
    assert mails.count() == 2
    assert "Did that help you?" in (mails.latest("created_at").body or "")
    assert LogEvent.objects.filter(name="helpdesk.case.answered").count() == 2


def test_nobody_answers_their_own_question() -> None:
    desk = helper()
    case = ask(desk)
    assert case_for(desk, case.pk).verbs == ()
    with pytest.raises(Refused):
        answer_case(actor=desk, case=case.pk, text=TEXT)
    with pytest.raises(Refused):
        close_case(actor=desk, case=case.pk)


def test_a_weak_sign_in_answers_nothing() -> None:
    case, desk = ask(), replace(helper(), acr=1)
    with pytest.raises(Refused):
        answer_case(actor=desk, case=case.pk, text=TEXT)


def test_a_closed_case_stays_closed() -> None:
    case, desk = ask(), helper()
    close_case(actor=desk, case=case.pk)
    view = case_for(desk, case.pk)
    assert (view.state, view.verbs) == ("closed", ())
    assert view.closed_at is not None
    with pytest.raises(NoSuchMove):
        close_case(actor=desk, case=case.pk)
    with pytest.raises(NoSuchMove):
        answer_case(actor=desk, case=case.pk, text=TEXT)
