"""A telephone number, proven by a code that the gateway brings; the one before is told."""

import re
from itertools import count

import pytest

from gapura.accounts import errors, tasks
from gapura.accounts.models import ContactChange, Person, PhoneCode
from gapura.accounts.queries import own_phone
from gapura.accounts.rules.undoing import PAGE
from gapura.accounts.services import (
    begin_phone,
    confirm_phone,
    remove_phone,
    resend_phone,
    restore_contact,
)
from gapura.accounts.services.phones import forget_phone_codes
from gapura.audit.models import LogEvent
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems, Problem
from gapura.kernel.throttle import TooMany
from gapura.notifications.models import Mail
from gapura.outside.errors import AuthorityDown
from tests.accounts.people import SYSTEM, acting, confirmed
from tests.authentication.world import later
from tests.simulator import Authorities

pytestmark = pytest.mark.django_db
_numbers = count(81200000001)


@pytest.fixture
def phone() -> str:
    """A number that no other test uses."""
    return f"+62{next(_numbers)}"


def begin(person: Person, phone: str, channel: str = "sms") -> None:
    begin_phone(actor=acting(person), phone=phone, channel=channel)


def sent_code(authorities: Authorities, phone: str) -> str:
    found = re.search(r"\b(\d{6})\b", authorities.sent(phone)[0]["text"])
    assert found
    return found[1]


def proven(authorities: Authorities, phone: str) -> Person:
    person = confirmed()
    begin(person, phone)
    return confirm_phone(actor=acting(person), code=sent_code(authorities, phone))


def wrong(person: Person, code: str) -> Problem | str:
    with pytest.raises(FieldProblems) as caught:
        confirm_phone(actor=acting(person), code=code)
    return caught.value.fields["code"]


def test_the_number_counts_after_its_code(authorities: Authorities, phone: str) -> None:
    person = confirmed()
    begin(person, f"0{phone[3:6]} {phone[6:]}")
    waiting = own_phone(acting(person))
    assert (waiting.phone, waiting.verified_at) == ("", None)
    assert waiting.waiting.startswith("+628")
    code = sent_code(authorities, phone)
    found = confirm_phone(actor=acting(person), code=f" {code[:3]}-{code[3:]} ")
    assert found.phone == phone
    assert found.phone_verified_at is not None
    assert own_phone(acting(person)).waiting == ""
    assert Mail.objects.filter(person=person.id, template__endswith="phone_changed.txt").exists()
    names = LogEvent.objects.filter(person=person.id).values_list("name", flat=True)
    assert {"accounts.phone.code_sent", "accounts.phone.verified"} <= set(names)


def test_by_whatsapp_and_in_the_persons_language(authorities: Authorities, phone: str) -> None:
    person = confirmed(language="en")
    begin(person, phone, "whatsapp")
    (message,) = authorities.sent(phone)
    assert message["channel"] == "whatsapp"
    assert "is your code to confirm this number" in message["text"]


def test_the_number_before_is_told_when_it_was_confirmed(
    authorities: Authorities, phone: str
) -> None:
    person, new = proven(authorities, phone), f"+62{next(_numbers)}"
    begin(person, new)
    confirm_phone(actor=acting(person), code=sent_code(authorities, new))
    row = PhoneCode.objects.exclude(old_phone=None).get(person=person)
    tasks.tell_old(str(row.pk))
    tasks.tell_old(str(row.pk))
    told = [one for one in authorities.sent(phone) if one["key"].startswith("phone-old")]
    assert len(told) == 1
    assert new not in told[0]["text"]
    assert PhoneCode.objects.get(pk=row.pk).old_phone is None


def test_a_wrong_code_is_counted_and_the_fifth_ends_it(
    authorities: Authorities, phone: str
) -> None:
    person = confirmed()
    begin(person, phone)
    code = sent_code(authorities, phone)
    for left in (4, 3, 2, 1):
        problem = wrong(person, "abc")
        assert isinstance(problem, errors.PhoneCodeWrong)
        assert problem.values == {"left": left}
    assert isinstance(wrong(person, "abc"), errors.PhoneCodeDead)
    assert isinstance(wrong(person, code), errors.PhoneCodeDead)
    assert Person.objects.get(pk=person.pk).phone is None


def test_a_code_works_ten_minutes_and_once(authorities: Authorities, phone: str) -> None:
    person = confirmed()
    begin(person, phone)
    code = sent_code(authorities, phone)
    with later(minutes=10):
        assert isinstance(wrong(person, code), errors.PhoneCodeOver)
    confirm_phone(actor=acting(person), code=code)
    with pytest.raises(errors.NoPhoneWaiting):
        confirm_phone(actor=acting(person), code=code)


def test_a_code_fits_only_its_number_and_its_person(authorities: Authorities, phone: str) -> None:
    """The code for one's own number must not confirm somebody else's."""
    person, other, target = confirmed(), confirmed(), f"+62{next(_numbers)}"
    begin(person, phone)
    mine = sent_code(authorities, phone)
    begin(person, target)
    begin(other, phone)
    if mine not in {sent_code(authorities, target), sent_code(authorities, phone)}:
        assert isinstance(wrong(person, mine), errors.PhoneCodeWrong)
        assert isinstance(wrong(other, mine), errors.PhoneCodeWrong)


def test_a_new_code_replaces_the_one_before(authorities: Authorities, phone: str) -> None:
    person = confirmed()
    begin(person, phone)
    resend_phone(actor=acting(person))
    assert len(authorities.sent(phone)) == 2
    confirm_phone(actor=acting(person), code=sent_code(authorities, phone))


def test_messages_are_limited_by_person(authorities: Authorities) -> None:
    """SMS pumping: an account sends no more than three messages in ten minutes."""
    person = confirmed()
    for _ in range(3):
        begin(person, f"+62{next(_numbers)}")
    with pytest.raises(TooMany):
        begin(person, f"+62{next(_numbers)}")


def test_messages_are_limited_by_number(authorities: Authorities, phone: str) -> None:
    """Harassment: many accounts make one phone ring."""
    for _ in range(6):
        begin(confirmed(), phone)
    with pytest.raises(TooMany):
        begin(confirmed(), phone)
    assert len(authorities.sent(phone)) == 6


@pytest.mark.parametrize("typed", ["", "12", "abc", "٠٨١٢٣٤٥٦٧٨٩٠", "0812\u202e345678", "1" * 999])
def test_what_is_no_number_is_told(typed: str) -> None:
    with pytest.raises(FieldProblems) as caught:
        begin(confirmed(), typed)
    assert set(caught.value.fields) == {"phone"}


def test_the_present_number_and_unknown_channels_are_told(
    authorities: Authorities, phone: str
) -> None:
    person = proven(authorities, phone)
    with pytest.raises(FieldProblems) as caught:
        begin(person, phone, "fax")
    assert set(caught.value.fields) == {"phone", "channel"}


def test_with_the_gateway_down_nothing_is_lost(authorities: Authorities, phone: str) -> None:
    person = proven(authorities, phone)
    authorities.mode("messages", "down")
    with pytest.raises(AuthorityDown):
        begin(person, f"+62{next(_numbers)}")
    assert own_phone(acting(person)).verified_at is not None
    authorities.recovered()
    resend_phone(actor=acting(person))


def test_messages_that_never_left_use_up_no_limit(phone: str) -> None:
    """Without a gateway each try fails before it is sent: no try may cost the person one."""
    person = confirmed()
    for _ in range(4):
        with pytest.raises(AuthorityDown):
            begin(person, phone)


def test_without_a_gateway_it_counts_as_down(phone: str) -> None:
    with pytest.raises(AuthorityDown):
        begin(confirmed(), phone)


def test_a_number_is_removed_and_the_mailbox_told(authorities: Authorities, phone: str) -> None:
    person = proven(authorities, phone)
    for _ in range(2):
        assert remove_phone(actor=acting(person)).phone is None
    assert LogEvent.objects.filter(name="accounts.phone.removed").count() == 1
    last = Mail.objects.filter(person=person.id).latest("created_at", "id")
    assert last.template.endswith("phone_changed.txt")


def test_with_a_role_an_email_code_is_not_enough(phone: str) -> None:
    weak = acting(confirmed(), "ppk", "K16", acr=1)
    with pytest.raises(Refused):
        own_phone(weak)
    with pytest.raises(Refused):
        remove_phone(actor=weak)
    with pytest.raises(Refused):
        begin_phone(actor=weak, phone=phone, channel="sms")
    with pytest.raises(Refused):
        confirm_phone(actor=weak, code="123456")


def test_only_the_system_tells_old_numbers_and_forgets_codes(
    authorities: Authorities, phone: str
) -> None:
    person = proven(authorities, phone)
    with pytest.raises(Refused):
        forget_phone_codes(actor=acting(person))
    with later(hours=49):
        assert forget_phone_codes(actor=SYSTEM) == 1


def test_the_number_is_not_readable_in_the_table(authorities: Authorities, phone: str) -> None:
    from django.db import connection

    proven(authorities, phone)
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM accounts_phonecode")
        assert phone.encode() not in bytes(cursor.fetchone()[0])


def test_the_number_before_gets_a_link_that_takes_the_change_back(
    authorities: Authorities, phone: str
) -> None:
    """Attack: put another number in, so that the codes of a reset go there."""
    person, other = proven(authorities, phone), f"+62{next(_numbers)}"
    begin(person, other)
    confirm_phone(actor=acting(person), code=sent_code(authorities, other))
    change = ContactChange.objects.get(person=person)
    row = PhoneCode.objects.get(person=person, old_phone__isnull=False)
    tasks.tell_old(code=str(row.pk), change=str(change.pk))
    link = re.search(rf"{PAGE}(\S+)", authorities.sent(phone)[0]["text"])
    assert link
    assert restore_contact(actor=Actor(ip="192.0.2.7"), token=link[1]).kinds == ("phone",)
    assert Person.objects.get(pk=person.pk).phone == phone


def test_a_link_that_is_over_is_not_sent(authorities: Authorities, phone: str) -> None:
    person = proven(authorities, phone)
    remove_phone(actor=acting(person))
    change = ContactChange.objects.get(person=person)
    row = PhoneCode.objects.get(person=person, old_phone__isnull=False)
    with later(hours=73):
        tasks.tell_old(code=str(row.pk), change=str(change.pk))
    text = authorities.sent(phone)[0]["text"]
    assert PAGE not in text
    assert "administrator" in text or "admin" in text


def test_the_first_number_of_all_leaves_nothing_to_take_back(
    authorities: Authorities, phone: str
) -> None:
    person = proven(authorities, phone)
    assert not ContactChange.objects.filter(person=person).exists()
