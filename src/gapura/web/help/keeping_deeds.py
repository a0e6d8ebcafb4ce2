"""The permissions around contacts, profiles and duplicate accounts in the words of people."""

from gapura.kernel.texts import N_

KEEPING_DEEDS = {
    "accounts.contact.undo": N_("Take a change of e-mail address or telephone back"),
    "accounts.profile.confirm": N_("Confirm that one's own profile is still right"),
    "accounts.profile.postpone": N_("Put off confirming one's own profile"),
    "accounts.profile.remind": N_("Remind people to confirm their profile"),
    "accounts.duplicate.find": N_("Look for accounts that may be one person"),
    "accounts.duplicate.list": N_("See which accounts may be one person"),
    "accounts.duplicate.see": N_("Compare two accounts that may be one person"),
    "accounts.duplicate.ask": N_("Ask the owners whether two accounts are one person"),
    "accounts.duplicate.differ": N_("Find that two accounts are two people"),
    "accounts.duplicate.announce": N_("Announce that one of two accounts will be closed"),
    "accounts.duplicate.uphold": N_("Turn down an objection to closing a duplicate account"),
    "accounts.duplicate.close": N_("Close a duplicate account when the time to object is over"),
    "accounts.duplicate.lapse": N_("End the comparison of accounts of which one was closed"),
    "accounts.duplicate.see_own": N_("See that one's own account is compared with another"),
    "accounts.duplicate.answer": N_("Say whether another account is one's own, too"),
    "accounts.duplicate.object": N_("Object to the closing of an account as a duplicate"),
}
