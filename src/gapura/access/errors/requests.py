"""What can go wrong with requests and grants, said for the page."""

from gapura.kernel.problems import FieldProblems, Missing, Overtaken, Problem
from gapura.kernel.texts import N_


class NoSuchRequest(Missing):
    """Not there, or of someone else's agency."""

    what = N_("We cannot find this request.")
    todo = N_("Check the address, or open your list of requests.")


class NoSuchGrant(Missing):
    """Not there, or not the actor's to see."""

    what = N_("We cannot find this access.")
    todo = N_("Check the address, or open the list of your access.")


class AlreadyDecided(Overtaken):
    """Another verifier was first."""

    what = N_("%(name)s has already decided this request, so your decision was not saved.")
    todo = N_("Open the request again to see the decision.")


class ClaimedByAnother(Overtaken):
    """Someone else is checking it just now."""

    what = N_("%(name)s is checking this request now, so you cannot take it.")
    todo = N_(
        "Choose another request, or come back when the claim is free after %(minutes)s minutes."
    )


class AlreadyOpen(Problem):
    """The person has an open request for the same role at the same place; `request_id` is it."""

    what = N_("You already have an open request for this role at this place.")
    todo = N_("Continue that request, or withdraw it before you make a new one.")

    def __init__(self, request_id: object) -> None:
        super().__init__()
        self.request_id = request_id


class AlreadyHeld(Problem):
    """A live grant covers some of the same days."""

    what = N_("This person already holds this role at this place for some of these days.")
    todo = N_("Ask for days after the present access ends, or have the present access ended first.")


class Incomplete(FieldProblems):
    """The request cannot be sent in yet; each field says what it lacks."""

    what = N_("The request is not complete yet.")
    todo = N_("Fill in the fields below, then send it again.")


class BadDecision(FieldProblems):
    """The decision lacks its reason."""

    what = N_("The decision needs a reason that the applicant can act on.")
    todo = N_("Fill in the fields below, then send it again.")


class DraftChanged(Overtaken):
    """Another window or device saved it since this one loaded it."""

    what = N_("This request was changed in another window, so what you typed here was not saved.")
    todo = N_("Compare with what is saved, then save again if this is right.")


class LetterEnded(Problem):
    """Nothing is left of the validity."""

    what = N_("The appointment letter of this request is no longer valid.")
    todo = N_("A new request with a letter that is valid today is needed.")


class IdentityOpen(Overtaken):
    """The applicant may change name and numbers just now, so nobody vouches for them."""

    what = N_("The applicant is correcting the identity data, so this access cannot be approved.")
    todo = N_("Wait until it is sent in again, or send this request back for correction too.")


class ActivationTooLate(Problem):
    """The days to confirm are over."""

    what = N_("The time to activate this access ended after %(days)s days.")
    todo = N_("Send a new request. Your details from the earlier one can be used again.")


class NoSuchInvitation(Missing):
    """No such link, or another company's invitation."""

    what = N_("We cannot find this invitation.")
    todo = N_("Open the link from the mail again, or ask the company for a new invitation.")


class InvitationForAnother(Problem):
    """The link was mailed to somebody else."""

    what = N_("This invitation was sent to another e-mail address than that of your account.")
    todo = N_("Sign in with the account of that address, or ask the company to invite yours.")


class InvitationUsed(Overtaken):
    """The link works once."""

    what = N_("This invitation was already accepted.")
    todo = N_("Open your list of access to see the role.")


class InvitationWithdrawn(Overtaken):
    """Taken back, or replaced by a newer one."""

    what = N_("The company withdrew this invitation, or sent you a newer one.")
    todo = N_("Look for a newer mail, or ask the company for a new invitation.")


class InvitationExpired(Problem):
    """Too old."""

    what = N_("This invitation ended after %(days)s days.")
    todo = N_("Ask the company for a new invitation.")


class InvitationVoid(Problem):
    """Whoever sent it no longer administers the company."""

    what = N_("The person who sent this invitation no longer administers the company.")
    todo = N_("Ask the company's present administrator for a new invitation.")


class AlreadyStaff(Problem):
    """A live grant at the company."""

    what = N_("This person already has a role in the company.")
    todo = N_("End the present role first, if it is to be another one.")


class NotACompanyRole(Problem):
    """A company gives only its own roles."""

    what = N_("A company gives the roles of administrator and staff only.")
    todo = N_("Choose one of the two.")


class NoSuchDuty(Problem):
    """Not in the table of what staff may do."""

    status = 422
    what = N_("One of the chosen tasks is not known here.")
    todo = N_("Choose from the list.")


class LastAdministrator(Problem):
    """A company without administrator could admit, invite and cut off nobody."""

    status = 409
    what = N_("This is the company's last working administrator, so the role cannot end now.")
    todo = N_(
        "Make somebody else administrator first. A new head whom OSS names can take the company "
        "over, too."
    )


class NoSuchJoin(Missing):
    """Not there, or another company's."""

    what = N_("We cannot find this request to be admitted.")
    todo = N_("Go back to the people of your company.")


class AlreadyAsked(Overtaken):
    """One open request a company."""

    what = N_("You already asked this company to admit you.")
    todo = N_("Its administrators will decide. You can withdraw the request.")


class NobodyAdmits(Problem):
    """The company has no working administrator."""

    what = N_("This company has no administrator here at the moment, so nobody could admit you.")
    todo = N_("Write to the helpdesk, and name the company's business number.")


class PositionMissing(Problem):
    """No usable line."""

    what = N_("Enter what you do in the company, 3 to 150 characters.")
    todo = N_("Write your position, for example sales staff.")


class StaffReasonMissing(Problem):
    """Too short or too long a reason."""

    what = N_("Give a reason of %(least)s to %(most)s characters.")
    todo = N_("Write it so that the person concerned understands it.")
