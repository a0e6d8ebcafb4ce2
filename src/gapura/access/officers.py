"""Tables of officers named in letters: columns of a file, what can be wrong, how each stands."""

from gapura.access.kinds import BOUNDED
from gapura.access.roles import AGENCY_VERIFIER, ROLES, Scope
from gapura.kernel.texts import N_

# Roles that a letter of an agency can give.
APPOINTABLE: tuple[str, ...] = tuple(
    code for code, role in ROLES.items() if role.scope in (Scope.UNIT, Scope.AGENCY)
)
# Those of them that no verifier of the agency decides.
ABOVE: frozenset[str] = frozenset(
    code for code in APPOINTABLE if AGENCY_VERIFIER not in ROLES[code].approved_by
)

# Columns of a file by field: the first heading is that of the template.
COLUMNS: dict[str, tuple[str, ...]] = {
    "nik": ("nik",),
    "name": ("nama", "name", "nama lengkap"),
    "email": ("email", "e-mail", "surel"),
    "role": ("peran", "role", "akses"),
    "unit": ("unit", "satker", "kode unit", "unit code"),
    "valid_from": ("mulai", "hari pertama", "from", "valid_from"),
    "valid_until": ("selesai", "hari terakhir", "until", "valid_until"),
    "standing": ("kedudukan", "standing"),
    "principal": ("menggantikan", "principal"),
}
NEEDED = ("nik", "name", "role")
FIELD_NAMES: dict[str, str] = {
    "nik": N_("NIK"),
    "name": N_("Name"),
    "email": N_("E-mail"),
    "role": N_("Role"),
    "unit": N_("Unit (satker)"),
    "valid_from": N_("First day"),
    "valid_until": N_("Last day"),
    "standing": N_("How the office is held"),
    "principal": N_("Username of who is stood in for"),
    "line": N_("Whole line"),
}

# What can be wrong with one line, by code.
FAULTS: dict[str, str] = {
    "formula": N_("Begins with =, +, - or @ like a formula. Write plain text."),
    "encoding": N_("Holds characters of another encoding than the rest. Save the file as UTF-8."),
    "columns": N_("Has more cells than the first line has headings."),
    "long": N_("Is too long."),
    "nik": N_("Is no NIK: 16 digits, with a region and a date of birth in it."),
    "nik_number": N_("Was stored as a number and lost digits. Format the column as text."),
    "name": N_("Is no name of 2 to 100 letters."),
    "email": N_("Is no e-mail address."),
    "role": N_("Is no role that a letter can give. Use the codes of the template."),
    "role_outside": N_("Is not among the roles of this letter."),
    "unit_missing": N_("Is missing: this role is held at one unit."),
    "unit_extra": N_("Must be empty: this role is held for the whole agency."),
    "unit": N_("Is not the code of any unit."),
    "unit_elsewhere": N_("Belongs to another agency."),
    "unit_outside": N_("Lies outside the unit that this letter is for."),
    "unit_closed": N_("Has been closed."),
    "date": N_("Is no day. Write it like 2026-12-31 or 31/12/2026."),
    "order": N_("Comes before the first day."),
    "beyond": N_("Lies outside the days of the letter."),
    "standing": N_("Is not one of the ways in which an office is held."),
    "standing_role": N_("Nobody can stand in for this role in this way."),
    "standing_long": N_("Is longer than standing in may last."),
    "principal": N_("Names nobody who can be stood in for."),
    "twice": N_("Stands in the file before: same NIK, role and unit."),
    "named": N_("Is named in this letter already with this role and unit."),
    "held": N_("Holds this role at this unit on some of these days already."),
    "kind": N_("Has an account of a type that cannot hold this role."),
    "conflict": N_("Holds another role that the law does not allow together with this one."),
}

# Why a whole file was not taken.
FILE_FAULTS: dict[str, str] = {
    "kind": N_("This is neither a CSV nor an XLSX file."),
    "large": N_("The file is too large, or grows too large when it is opened."),
    "encoding": N_("The file's encoding is not known. Save it as UTF-8."),
    "malformed": N_("The file is damaged and cannot be read."),
    "empty": N_("The file holds no line below its headings."),
    "headings": N_("The first line lacks a heading: NIK, Nama and Peran are needed, each once."),
    "lines": N_("The file has more lines than are taken at once. Divide it."),
}

# Why somebody named in a checked letter has no access yet, by code.
OBSTACLES: dict[str, str] = {
    "": N_("No verified account with this NIK yet"),
    "unverified": N_("The account's identity is not verified now"),
    "name": N_("The account with this NIK has another name"),
    "kind": N_("The account's type cannot hold this role"),
    "held": N_("Holds this role on some of these days already"),
    "conflict": N_("Holds a role that excludes this one"),
    "standing": N_("Standing in is not possible like this"),
    "checker": N_("Is the one who checked the letter"),
    "over": N_("The days are over"),
    "closed": N_("The unit has been closed"),
}

OFFICER_STATES: dict[str, str] = {
    "named": N_("Named"),
    "granted": N_("Access prepared"),
    "withdrawn": N_("Taken off"),
    "declined": N_("Declined"),
}
IMPORT_STATES: dict[str, str] = {
    "judging": N_("Being checked"),
    "judged": N_("Checked"),
    "running": N_("Being taken over"),
    "finished": N_("Taken over"),
    "dropped": N_("Dropped"),
    "refused": N_("Could not be read"),
}


def needs_unit(role: str) -> bool:
    """True when the role is held at one unit."""
    return ROLES[role].needs_unit


def takes_unit(role: str) -> bool:
    """True when the role can be held at one unit."""
    return ROLES[role].needs_unit or role in BOUNDED
