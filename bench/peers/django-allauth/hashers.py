"""How client secrets are kept here."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class Once(PBKDF2PasswordHasher):
    """One round: secrets are random. As it comes, it hashes each as slowly as a password."""

    algorithm = "once"
    iterations = 1
