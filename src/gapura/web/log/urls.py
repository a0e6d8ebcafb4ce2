"""Pages about the log that need no account."""

from gapura.audit.permissions import Can
from gapura.web.log import verify
from gapura.web.shell.pages import Page

PAGES = (
    Page("log/verify", verify.verify, Can.CHECK_RECEIPT, ("GET", "POST"), name="log-verify"),
    Page("log/verify/<uuid:receipt_id>/proof", verify.proof, Can.CHECK_RECEIPT, name="log-proof"),
)
