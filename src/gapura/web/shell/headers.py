"""The security headers of every reply, also of those that Django never sees."""

from django.conf import settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "manifest-src 'self'"
)

SECURITY_HEADERS: dict[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

# Scripts, styles and pictures open no windows and ask for no camera; the policy above says that
# nobody frames them.
_OF_PAGES = ("X-Frame-Options", "Permissions-Policy", "Cross-Origin-Opener-Policy")

if settings.HTTPS:
    SECURITY_HEADERS["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"

STATIC_HEADERS = {name: v for name, v in SECURITY_HEADERS.items() if name not in _OF_PAGES}
