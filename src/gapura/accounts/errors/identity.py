"""Why an identity is not verified or not changed."""

from gapura.kernel.problems import Overtaken, Problem
from gapura.kernel.texts import N_


class IdentityTaken(Overtaken):
    """For the verifier: another verified account has this NIK or NIP."""

    what = N_("Another verified account has the same NIK or NIP, so this one was not verified.")
    todo = N_("Do not approve. Ask the platform administrator to compare the two accounts.")


class IdentityIsFixed(Overtaken):
    """Name and numbers do not change while they are being checked or once they are verified."""

    what = N_("Name and numbers cannot be changed while they are being checked or once verified.")
    todo = N_("If they are wrong, ask for a new check of your identity on your profile page.")


class DocumentNotCompared(Problem):
    """For the verifier: the registry has not confirmed the identity, so a document must."""

    what = N_("The civil registry has not confirmed this identity, so it rests on the document.")
    todo = N_("Compare the identity document with name, NIK and date of birth, then tick it below.")
