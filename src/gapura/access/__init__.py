"""Roles, requests and grants (Akses): who may act as what, where and until when."""
