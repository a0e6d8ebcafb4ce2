"""The alert rules themselves. Their numbers are where they start; the platform sets others."""

from collections.abc import Mapping
from types import MappingProxyType

from gapura.access import events as access
from gapura.accounts import events as accounts
from gapura.audit import events as audit
from gapura.audit.queries import Each, Often, Silence, Soon, Without
from gapura.authentication import events as authentication
from gapura.kernel.texts import N_
from gapura.organizations import events as organizations
from gapura.purchasing import events as purchasing
from gapura.reports.events import ALERT_TITLES as TITLES
from gapura.reports.rules.watching import Facts, Measure, Parameter, Rule, Sift, Unit

_PLATFORM, _ADMIN, _AUDITOR = "admin_platform", "admin_instansi", "apip"
_ALL = (_PLATFORM, _ADMIN, _AUDITOR)
_AGENCY = (_ADMIN, _AUDITOR)
_COUNT, _TIME = N_("How many"), N_("Within")
_DEEDS = (
    access.APPROVED.name,
    purchasing.APPROVED.name,
    purchasing.SIGNED.name,
    purchasing.PAID.name,
)
_LOOKS = (
    audit.SHOWN.name,
    access.HOLDER_SHOWN.name,
    access.LETTER_VIEWED.name,
    accounts.DOCUMENT_VIEWED.name,
    organizations.LETTER_VIEWED.name,
    organizations.COMPANY_LOOKED_UP.name,
    purchasing.DOCUMENT_OPENED.name,
)
_EXPORTS = (access.REGISTER_DOWNLOADED.name, audit.EXPORT_FETCHED.name)


def _least(default: int, most: int, unit: Unit = Unit.TIMES) -> Parameter:
    return Parameter(Measure.LEAST, _COUNT, unit, default, 1, most)


def _within(default: int, unit: Unit, most: int) -> Parameter:
    return Parameter(Measure.WITHIN, _TIME, unit, default, 1, most)


ALERT_RULES: tuple[Rule, ...] = (
    Rule(
        "stranger",
        TITLES["stranger"],
        N_("The security desk suspects a stranger in an account: impossible travel, many refused "
           "sign-ins, changed factors, a copied passkey, or the owner said so."),
        (),
        _ALL,
        Each((authentication.SUSPICION_FOUND.name,), "person"),
        blind=N_("Where an address lies is known only from the operator's list of networks."),
    ),
    Rule(
        "new_network",
        TITLES["new_network"],
        N_("An account with at least %(least)s earlier sign-ins signs in with a new device from a "
           "network that it was not seen in for %(within)s days."),
        (_least(5, 100), _within(90, Unit.DAYS, 365)),
        (_PLATFORM,),
        Each((authentication.SIGNED_IN.name,), "person", "new_device", ("true",)),
        sift=Sift.NEW_NETWORK,
        blind=N_("There is no list of countries: networks are told apart by the first 16 bits of "
                 "an IPv4 and the first 32 bits of an IPv6 address."),
    ),
    Rule(
        "mass_export",
        TITLES["mass_export"],
        N_("One person takes at least %(least)s files out of the system within %(within)s hours."),
        (_least(5, 1000), _within(24, Unit.HOURS, 168)),
        _ALL,
        Often(_EXPORTS, "actor_person"),
    ),
    Rule(
        "mass_looking",
        TITLES["mass_looking"],
        N_("One person opens at least %(least)s records of %(different)s different people or "
           "things within %(within)s minutes."),
        (
            _least(60, 2000),
            Parameter(Measure.DIFFERENT, N_("Of them different"), Unit.TIMES, 40, 1, 2000),
            _within(60, Unit.MINUTES, 1440),
        ),
        _ALL,
        Often(_LOOKS, "actor_person", "subject_id"),
    ),
    Rule(
        "hasty_approval",
        TITLES["hasty_approval"],
        N_("One verifier approves at least %(least)s requests or identities within %(within)s "
           "minutes."),
        (_least(10, 200), _within(10, Unit.MINUTES, 1440)),
        _AGENCY,
        Often((access.APPROVED.name, accounts.CASE_CONFIRMED.name), "actor_person"),
    ),
    Rule(
        "unread_approval",
        TITLES["unread_approval"],
        N_("A verifier approves a request without having opened its appointment letter."),
        (),
        _AGENCY,
        Without((access.APPROVED.name,), (access.LETTER_VIEWED.name,), "unit"),
        blind=N_("A letter that the verifier knows from elsewhere looks the same."),
    ),
    Rule(
        "night_approval",
        TITLES["night_approval"],
        N_("An officer approves, signs or pays between %(from)s and %(until)s o'clock in the time "
           "zone of the unit."),
        (
            Parameter(Measure.FROM, N_("From"), Unit.OCLOCK, 22, 0, 23),
            Parameter(Measure.UNTIL, N_("Until"), Unit.OCLOCK, 5, 0, 23),
        ),
        _AGENCY,
        Each(_DEEDS, "actor_person"),
        sift=Sift.AT_NIGHT,
    ),
    Rule(
        "last_admin",
        TITLES["last_admin"],
        N_("The last administrator of an agency has left, or the right ends within %(within)s "
           "days."),
        (_within(14, Unit.DAYS, 90),),
        _ALL,
        facts=Facts.LAST_ADMIN,
    ),
    Rule(
        "agency_besieged",
        TITLES["agency_besieged"],
        N_("At least %(least)s sign-ins to %(different)s different accounts of one agency are "
           "refused within %(within)s minutes."),
        (
            _least(30, 2000),
            Parameter(Measure.DIFFERENT, N_("Different accounts"), Unit.ACCOUNTS, 8, 1, 2000),
            _within(60, Unit.MINUTES, 1440),
        ),
        _ALL,
        Often((authentication.SIGN_IN_FAILED.name,), "agency", "person"),
        blind=N_("Many refusals of one account raise signs of a stranger instead."),
    ),
    Rule(
        "names_guessed",
        TITLES["names_guessed"],
        N_("At least %(least)s sign-ins with names that have no account are refused within "
           "%(within)s minutes."),
        (_least(50, 2000), _within(60, Unit.MINUTES, 1440)),
        (_PLATFORM,),
        Often((authentication.SIGN_IN_UNKNOWN.name,), "everything"),
    ),
    Rule(
        "dormant_used",
        TITLES["dormant_used"],
        N_("Somebody signs in to an account that nobody signed in to for %(within)s days."),
        (_within(90, Unit.DAYS, 730),),
        _ALL,
        Silence((authentication.SIGNED_IN.name,)),
    ),
    Rule(
        "granted_and_used",
        TITLES["granted_and_used"],
        N_("An officer approves, signs or pays within %(within)s minutes after the role was "
           "activated."),
        (_within(15, Unit.MINUTES, 1440),),
        _AGENCY,
        Soon(_DEEDS, (access.ACTIVATED.name,), ("grant_id", "subject_id")),
    ),
    Rule(
        "shared_device",
        TITLES["shared_device"],
        N_("At least %(least)s accounts sign in with the same device within %(within)s days."),
        (_least(3, 100, Unit.ACCOUNTS), _within(30, Unit.DAYS, 365)),
        _ALL,
        facts=Facts.SHARED_DEVICE,
        blind=N_("A device is one browser: another browser on the same computer is another one."),
    ),
    Rule(
        "same_supplier",
        TITLES["same_supplier"],
        N_("One commitment officer approves at least %(least)s orders from the same company within "
           "%(within)s days."),
        (_least(5, 100), _within(30, Unit.DAYS, 365)),
        (_AUDITOR,),
        Each((purchasing.APPROVED.name,), "actor_person"),
        sift=Sift.SAME_SUPPLIER,
    ),
    Rule(
        "too_quick",
        TITLES["too_quick"],
        N_("Goods are received within %(within)s minutes after the company accepted the order."),
        (_within(60, Unit.MINUTES, 1440),),
        (_AUDITOR,),
        Soon(
            (purchasing.RECEIVED.name,), (purchasing.ACCEPTED.name,), ("subject_id", "subject_id")
        ),
    ),
    Rule(
        "log_health",
        TITLES["log_health"],
        N_("Entries wait, sealed entries have no signed checkpoint, or the signer or a witness is "
           "away for more than %(within)s minutes; or one of them refuses, or the tree "
           "contradicts its checkpoint."),
        (_within(5, Unit.MINUTES, 60),),
        (_PLATFORM,),
        facts=Facts.LOG_HEALTH,
        blind=N_("Whoever stops the worker stops the rules with it: the health check says so."),
    ),
)  # fmt: skip
RULES_BY_CODE: Mapping[str, Rule] = MappingProxyType({rule.code: rule for rule in ALERT_RULES})
