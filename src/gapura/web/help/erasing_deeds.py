"""Permissions about erasures and breaches in the words of people."""

from gapura.kernel.texts import N_

ERASING_DEEDS = {
    "privacy.erasure.ask": N_("Ask to be erased"),
    "privacy.erasure.see": N_("See what would be erased of oneself"),
    "privacy.erasure.undo": N_("Take one's own erasure back"),
    "privacy.erasure.open_link": N_("Open the link that takes an erasure back"),
    "privacy.erasure.list": N_("See who asked to be erased"),
    "privacy.erasure.refuse": N_("Refuse an erasure for a reason of the law"),
    "privacy.erasure.carry_out": N_("Carry an erasure out"),
    "privacy.certificate.check": N_("Check a certificate of erasure"),
    "privacy.certificate.fetch": N_("Hand out a certificate of erasure"),
    "privacy.breach.list": N_("See the register of breaches"),
    "privacy.breach.enter": N_("Enter a breach of personal data"),
    "privacy.breach.change": N_("Change what is known of a breach"),
    "privacy.breach.find_affected": N_("Find the people whom a breach concerns"),
    "privacy.breach.tell_affected": N_("Have people told of a breach"),
    "privacy.breach.report": N_("Write down that the authority was told of a breach"),
    "privacy.breach.close": N_("Close a breach"),
    "privacy.breach.warn": N_("Warn the officers that the hours of a breach run out"),
}
