"""Signing in at other applications with the account of this one (OpenID Connect)."""
