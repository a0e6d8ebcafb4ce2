"""D14: false host names in requests never come back in a page, a redirect or a mail."""

import re
from typing import Any

import pytest

from gapura.authentication import services
from gapura.authentication.models import Recovery
from gapura.notifications.models import Mail
from tests.access.world import places
from tests.authentication.recovering import stop_link
from tests.authentication.world import CHROME, PASSWORD, mailed_code, mails, person
from tests.web.browser import Browser
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db

EVIL = "evil.example"
FALSE_HOSTS = (
    "evil.example",
    "localhost.evil.example",
    "localhost@evil.example",
    "evil.example:80",
)
# Names that proxies and frameworks are known to believe.
FALSE_HEADERS = {
    "HTTP_X_FORWARDED_HOST": EVIL,
    "HTTP_X_HOST": EVIL,
    "HTTP_X_FORWARDED_SERVER": EVIL,
    "HTTP_X_ORIGINAL_URL": f"https://{EVIL}/",
    "HTTP_X_REWRITE_URL": f"https://{EVIL}/",
    "HTTP_FORWARDED": f"host={EVIL};proto=https",
}
PAGES = ("/login", "/recover", "/recover/lost", "/recover/return", "/register", "/logout")


def poisoned(**more: Any) -> Browser:
    """A browser between which and us somebody writes false headers."""
    here = Browser()
    here.defaults.update({**FALSE_HEADERS, **more})
    return here


def clean(answer: Any) -> bool:
    """Neither the page nor any header names the false host."""
    told = answer.content.decode() + "".join(f"{n}: {v}" for n, v in answer.headers.items())
    return EVIL not in told


def links() -> list[str]:
    """Every address in every mail."""
    return [link for mail in Mail.objects.all() for link in re.findall(r"https?://\S+", mail.body)]


@pytest.mark.parametrize("host", FALSE_HOSTS)
@pytest.mark.parametrize("path", PAGES)
def test_d14_a_false_host_gets_no_page(path: str, host: str) -> None:
    """Attack: have a page, and so a mail, made under another name."""
    answer = Browser().get(path, HTTP_HOST=host)
    assert answer.status_code == 400
    assert clean(answer)


def test_d14_a_false_host_sends_no_mail() -> None:
    """Attack: a reset whose link leads to the attacker."""
    someone, here = person(), Browser()
    here.get("/recover")
    answer = here.submit("/recover", login=someone.username, HTTP_HOST=EVIL)
    assert answer.status_code == 303
    here.defaults["HTTP_HOST"] = EVIL
    assert here.submit("/recover", login=someone.username).status_code == 400
    assert mails(someone) == ["reset_code"]


def test_d14_reset_and_stop_links_lead_to_us() -> None:
    """Attack: X-Forwarded-Host and its like, on the way to a new password."""
    someone, here = person(), poisoned()
    answers = [here.submit("/recover", login=someone.username)]
    answers.append(here.submit("/recover/code", code=mailed_code(someone, "reset")))
    assert Recovery.objects.filter(person=someone, kind="mailbox").exists()
    stop = f"/recover/stop/{stop_link(Recovery.objects.get(person=someone))}"
    answers += [here.get(stop), here.submit(stop), here.get("/recover/wait")]
    assert all(map(clean, answers))
    assert links()
    assert all(link.startswith("http://localhost:8000") for link in links())


def test_d14_the_not_me_link_leads_to_us() -> None:
    """Attack: the notice of a new device carries the attacker's address."""
    someone = person()
    Browser().sign_in(someone)
    here = poisoned(HTTP_USER_AGENT=CHROME, REMOTE_ADDR="198.51.100.9")
    here.sign_in(someone)
    told = Mail.objects.get(person=someone.id, template__endswith="new_device.txt").body
    assert "http://localhost:8000/login/not-me/" in (told or "")
    assert all(link.startswith("http://localhost:8000") for link in links())
    link = services.link_for(someone.id, "sign_in")
    assert clean(here.get(link))
    assert clean(here.submit(link))


def test_d14_an_invitation_leads_to_us() -> None:
    """Attack: an administrator's browser is made to send false headers with an invitation."""
    places()
    guest, office = person(), signed_in("admin_perusahaan")
    office.defaults.update(FALSE_HEADERS)
    answer = office.submit("/company/people/invite", email=guest.email, role="staf_perusahaan")
    assert (answer.status_code, clean(answer)) == (303, True)
    told = Mail.objects.get(template="access/mail/invited.txt").body or ""
    assert "http://localhost:8000/company/invitations/" in told
    assert all(link.startswith("http://localhost:8000") for link in links())


def test_d14_signing_in_and_out_lead_to_us() -> None:
    """Attack: the redirect after a sign-in or the end of one leads elsewhere."""
    someone, here = person(), poisoned()
    answers = [here.submit("/login", username=someone.username, password=PASSWORD)]
    answers.append(here.submit("/login/code", code=mailed_code(someone)))
    answers += [here.get("/"), here.submit("/logout"), here.get("/logout"), here.get("/account")]
    assert all(map(clean, answers))
    assert {a.get("Location", "/")[0] for a in answers} == {"/"}
    assert not any(a.get("Location", "").startswith("//") for a in answers)


def test_d14_a_referer_elsewhere_leads_home() -> None:
    """Attack: a form whose page is said to be the attacker's, after the session is over."""
    here = Browser()
    here.get("/login")
    answer = here.post(
        "/account/edit",
        {"csrfmiddlewaretoken": here.cookies["csrf"].value},
        HTTP_REFERER=f"http://{EVIL}/account/edit",
    )
    assert clean(answer)
    assert answer["Location"] == "/login?next=%2F"
