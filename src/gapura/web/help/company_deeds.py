"""The permissions around a company's people and its head in the words of people."""

from gapura.kernel.texts import N_

COMPANY_DEEDS = {
    "access.grant.leave": N_("Give one's own role at a company up"),
    "access.staff.download": N_("Take the list of people of one's own company as a file"),
    "access.staff.set_duties": N_("Change what staff of one's own company may do"),
    "access.succession.allow": N_("Let a new head take a company over in spite of an objection"),
    "access.succession.lapse": N_("End takeovers that nobody finished in time"),
    "access.succession.list": N_("See the takeovers that somebody objected to"),
    "access.succession.object": N_("Object to a takeover of one's own company"),
    "access.succession.refuse": N_("Not let a new head take a company over"),
    "access.succession.see": N_("See a takeover of a company"),
    "access.succession.start": N_("Begin to take over a company as its new head"),
    "access.succession.take_over": N_("Take a company over as its new head"),
    "access.succession.withdraw": N_("No longer take a company over"),
}
