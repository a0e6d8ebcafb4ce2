"""Pages about the log that need no account."""

from gapura.audit.permissions import Can
from gapura.privacy import permissions as privacy
from gapura.web.log import certificate, verify
from gapura.web.shell.pages import Page

PAGES = (
    Page(
        "log/certificate",
        certificate.check,
        privacy.Can.CHECK_CERTIFICATE,
        ("GET", "POST"),
        name="certificate-check",
    ),
    Page(
        "log/certificate/<str:certificate_token>",
        certificate.fetch,
        privacy.Can.CHECK_CERTIFICATE,
        name="certificate",
    ),
    Page("log/verify", verify.verify, Can.CHECK_RECEIPT, ("GET", "POST"), name="log-verify"),
    Page("log/verify/<uuid:receipt_id>/proof", verify.proof, Can.CHECK_RECEIPT, name="log-proof"),
)
