"""What can be wrong with roles held together, and with standing in for somebody."""

from typing import Any

from gapura.kernel.problems import FieldProblems, Missing, Problem
from gapura.kernel.texts import N_


class RolesConflict(Problem):
    """The law does not let one person hold both roles on some of these days.

    `law` is the citation, `code` of the dated row is `rule`. Says which other role it is, where
    and until when, only as `RolesConflictTold`.
    """

    what = N_(
        "The law does not let one person hold the role %(role)s together with another role that "
        "this person holds on some of these days: %(law)s."
    )
    todo = N_("Choose somebody else, or days on which this person does not hold the other role.")

    def __init__(self, *, rule: str = "", law: str = "", **values: Any) -> None:
        super().__init__(law=law, **values)
        self.rule, self.law = rule, law


class RolesConflictTold(RolesConflict):
    """The same, for the person and for the verifier, who may know the other role."""

    what = N_(
        "The law does not let one person hold the role %(role)s together with %(other)s, which is "
        "held at %(place)s (%(until)s): %(law)s."
    )
    todo = N_("Have the other role ended first, or choose days after its end.")


class StandingNotAllowed(Problem):
    """No dated row lets anybody stand in for this role in this way."""

    what = N_("Nobody can stand in for the role %(role)s in this way: %(standing)s.")
    todo = N_("A new appointment letter is needed for this role. See which ways there are in help.")


class StandingTooLong(Problem):
    """Longer than the rule's term, or than all its extensions together."""

    what = N_(
        "Standing in lasts %(days)s days, with what came before. At most %(longest)s are allowed: "
        "%(law)s."
    )
    todo = N_("Choose an earlier last day, or have a new officer appointed.")


class StandingEndless(Problem):
    """Standing in always has a last day."""

    what = N_("Standing in for somebody needs a last day.")
    todo = N_("Choose a last day.")


class PrincipalMissing(Problem):
    """Who stands in names whom."""

    what = N_("It is not said who is stood in for.")
    todo = N_("Give the username of the officer who holds the role, or held it last.")


class PrincipalIsOneself(PrincipalMissing):
    """Nobody stands in for themselves."""

    what = N_("Nobody stands in for themselves.")
    todo = N_("Give the username of another officer.")


class PrincipalAway(PrincipalMissing):
    """Who is stood in for does not hold the role on all of these days."""

    what = N_("The officer who is stood in for does not hold this role here on all of these days.")
    todo = N_("Choose days within that officer's own. For a vacant post there are other ways.")


class PrincipalInOffice(PrincipalMissing):
    """The post is not vacant."""

    what = N_("The post is not vacant: the officer named still holds this role here.")
    todo = N_("While the officer is only away, choose standing in for the day (Plh).")


class NoSuchFinding(Missing):
    """Not there, or not the actor's to see."""

    what = N_("We cannot find this finding.")
    todo = N_("Check the address, or open the list of findings.")


class NotForAcceptance(Problem):
    """What the law forbids is not accepted by anybody."""

    what = N_("What the law does not allow cannot be accepted.")
    todo = N_("End one of the two roles.")


class BadReason(FieldProblems):
    """Too short or too long a reason."""

    what = N_("A reason is needed that others understand.")
    todo = N_("Correct the field below, then send it again.")


class BadDelegation(FieldProblems):
    """The delegation cannot be made; each field says why."""

    what = N_("The delegation cannot be made like this.")
    todo = N_("Correct the fields below, then send it again.")


class NoSuchDelegation(Missing):
    """Not there, or not the actor's."""

    what = N_("We cannot find this delegation.")
    todo = N_("Check the address, or open your list of delegations.")


class NotDelegable(Problem):
    """The actor's own grant cannot be passed on."""

    what = N_("Your role cannot be delegated: you hold it yourself for somebody else.")
    todo = N_("Ask whoever delegated it to you, or another verifier of the agency.")
