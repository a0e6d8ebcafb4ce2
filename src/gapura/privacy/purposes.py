"""Words of the record of processing (UU 27/2022 art. 21, 31): kind, why, by which law, how long.

The keys are what the rooms name in their holdings; plain data.
"""

from dataclasses import dataclass

from gapura.kernel.texts import N_

KINDS = {
    "identity": N_("Who you are"),
    "contact": N_("How you are reached"),
    "sign_in": N_("How you sign in"),
    "access": N_("Your access and roles"),
    "company": N_("Your companies"),
    "work": N_("What you did for procurement"),
    "messages": N_("Messages and requests for help"),
    "applications": N_("Applications you signed in to"),
    "files": N_("Files you handed in"),
    "settings": N_("What you set for yourself"),
    "log": N_("What the log tells of you"),
}

PURPOSES = {
    "account": N_("So that you have one account, and nobody else uses it"),
    "verify": N_("So that it is certain who acts in procurement"),
    "protect": N_("To protect your account and the system against misuse"),
    "access": N_("To decide who may act as what, and for whom"),
    "procure": N_("To buy and sell for the government, and to answer for it"),
    "inform": N_("To tell you what concerns you"),
    "help": N_("To answer your questions and requests"),
    "serve": N_("To keep what you chose, for your convenience"),
    "account_for": N_("To prove to auditors and to you what was done, and by whom"),
}


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis of UU 27/2022 art. 20(2): the letter, and in words."""

    law: str
    text: str


BASES = {
    "duty": Basis("UU 27/2022 Pasal 20(2)c", N_("It is required by law")),
    "public": Basis("UU 27/2022 Pasal 20(2)e", N_("It is a public task carried out by law")),
    "contract": Basis("UU 27/2022 Pasal 20(2)b", N_("You asked for it or agreed to it")),
    "consent": Basis("UU 27/2022 Pasal 20(2)a", N_("You consented, and may withdraw it")),
    "interest": Basis("UU 27/2022 Pasal 20(2)f", N_("It protects you and others against misuse")),
}

KEEPS = {
    "account": N_("As long as you have an account"),
    "use": N_("As long as it is in use"),
    "minutes": N_("Minutes; it is cleared away afterwards"),
    "short": N_("Some months; it is cleared away afterwards"),
    "orders": N_("As long as the law on archives and on accounts keeps papers of procurement"),
    "log": N_("As long as the log is kept; your name and address in it go when you are erased"),
}

ORIGINS = {
    "person": N_("You"),
    "authority": N_("An authority's register"),
    "agency": N_("Your agency"),
    "company": N_("Your company"),
    "system": N_("Came about when you used the system"),
    "others": N_("Somebody else who acted"),
}
