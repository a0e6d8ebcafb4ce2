"""The four steps to working access, and the questions people ask most, as data."""

from dataclasses import dataclass

from gapura.kernel.texts import N_


@dataclass(frozen=True, slots=True)
class HelpStep:
    """One of the steps; `href` is where it begins."""

    title: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Question:
    """What people ask, the answer in short paragraphs, and where to go on."""

    key: str
    asked: str
    answer: tuple[str, ...]
    href: str = ""
    link: str = ""


STEPS = (
    HelpStep(
        N_("Register"),
        N_("Enter your data as on your identity card, choose a username and a password, and "
           "confirm your e-mail address with a code."),
        "/register",
    ),
    HelpStep(
        N_("Request access"),
        N_("Choose your role and your unit, and upload your appointment letter (SK). You get a "
           "number that starts with AKS."),
        "/requests/new",
    ),
    HelpStep(
        N_("Wait for the check"),
        N_("A verifier of your agency answers within 3 days (72 hours). After that, the request "
           "goes one level up by itself and you are told."),
        "/requests",
    ),
    HelpStep(
        N_("Activate"),
        N_("Once it is approved, set up an authenticator app on your phone, keep your backup codes "
           "and activate the access within 30 days."),
        "/requests",
    ),
)  # fmt: skip

QUESTIONS = (
    Question(
        "no-code",
        N_("I do not get the code by e-mail"),
        (
            N_("Wait two minutes and look into the spam folder. Check the first letters of the "
               "address that the page shows."),
            N_("Ask for a new code on the same page. Only the newest code works, and only in the "
               "browser where you asked for it."),
        ),
    ),
    Question(
        "lost-phone",
        N_("I lost my phone with the authenticator app"),
        (
            N_("Sign in with your password, choose another way, and enter one of your backup "
               "codes. Then set up the app on your new phone."),
            N_("Without backup codes, say what you still have. Two people then make sure that it "
               "is you, before anything is changed."),
        ),
        "/recover/help",
        N_("What do you still have?"),
    ),
    Question(
        "passkey",
        N_("What is a passkey, and should I have one?"),
        (
            N_("A key that your phone, your computer or a small security key keeps for you. You "
               "sign in with your fingerprint, your face or a PIN; nothing has to be typed, and a "
               "false page cannot take it from you."),
            N_("Add it under “Sign-in and security”, on devices that only you use. Never on a "
               "shared computer: there, use the passkey on your phone, or password and code."),
            N_("Add two, for example phone and computer, or keep the authenticator app beside it. "
               "Lost one? Remove it from the list; nobody can sign in with it any more."),
        ),
        "/account/passkeys",
        N_("Your passkeys"),
    ),
    Question(
        "password",
        N_("I forgot my password"),
        (
            N_("Ask for a code to your e-mail address and choose a new password. If you use an "
               "authenticator app, you still need it."),
        ),
        "/recover",
        N_("Choose a new password"),
    ),
    Question(
        "wrong-data",
        N_("My name, NIK, NIP or agency is wrong"),
        (
            N_("You change your e-mail address, phone and unit yourself under “My account”."),
            N_("Name, NIK and NIP are compared with your letter. If a verifier asks for a "
               "correction, you can mend them there. Otherwise contact the administrator."),
        ),
        "/help/contact?topic=data",
        N_("Contact the administrator"),
    ),
    Question(
        "late",
        N_("Nobody has answered my request"),
        (
            N_("Open the request under “My access”. It shows who has it and until when it is to "
               "be answered."),
            N_("After 3 days (72 hours) without an answer it goes one level up by itself."),
        ),
        "/requests",
        N_("See my requests"),
    ),
    Question(
        "no-agency",
        N_("I cannot find my agency or my unit"),
        (
            N_("Type a part of the official name, or a short name such as “Kemenkes” or “Pemkab "
               "Bogor”. Units are listed under their agency."),
            N_("If it is missing, tell the administrator the official name and the letter that "
               "founded it."),
        ),
        "/help/contact?topic=request",
        N_("Contact the administrator"),
    ),
    Question(
        "letter",
        N_("My appointment letter is not accepted"),
        (
            N_("It must be a PDF or JPG of up to 2 MB that can be opened without a password. Scan "
               "all pages into one file, in grey if it is too large."),
        ),
    ),
    Question(
        "someone-else",
        N_("I got a message about a sign-in that was not mine"),
        (
            N_("Sign in, open “My account” and end all other sessions. Choose a new password."),
            N_("Then tell the administrator. The activity log keeps what happened."),
        ),
        "/help/contact?topic=suspicious",
        N_("Contact the administrator"),
    ),
    Question(
        "ended",
        N_("My access has ended although I still work there"),
        (
            N_("An access ends on the last day of the appointment letter it rests on. Request it "
               "again with the new letter; your account stays the same."),
        ),
        "/requests/new",
        N_("Request access"),
    ),
)  # fmt: skip
