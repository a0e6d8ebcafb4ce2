"""Pages of help; all of them work signed out."""

from gapura.helpdesk import permissions as helpdesk
from gapura.web.help import conflicts, contact, guide, index, rights, texts
from gapura.web.shell.pages import Page
from gapura.web.shell.permissions import Can

PAGES = (
    Page("help", index.show, Can.SEE_PUBLIC, name="help"),
    Page("help/guides/<slug:role>", guide.show, Can.SEE_PUBLIC, name="guide"),
    Page("help/contact", contact.contact, helpdesk.Can.OPEN, ("GET", "POST"), name="contact"),
    Page("help/contact/agencies", contact.agencies, helpdesk.Can.OPEN, name="contact-agencies"),
    Page("help/contact/sent", contact.sent, helpdesk.Can.OPEN, name="contact-sent"),
    Page("help/rights", rights.show, Can.SEE_PUBLIC, name="rights"),
    Page("help/conflicts", conflicts.show, Can.SEE_PUBLIC, name="conflicts"),
    Page("help/accessibility", texts.accessibility, Can.SEE_PUBLIC, name="accessibility"),
    Page("help/privacy", texts.privacy, Can.SEE_PUBLIC, name="privacy"),
)
