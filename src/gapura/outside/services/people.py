"""Asks about people, and reaches their phones."""

import re
from datetime import date

from gapura.outside.answers import About, IdentityAnswer, Proof
from gapura.outside.asking import Question, ask
from gapura.outside.authorities import MESSAGES, REGISTRY
from gapura.outside.errors import BadQuestion
from gapura.outside.reading import Answer
from gapura.outside.rules import CHANNELS

PHONE = re.compile(r"\+[1-9][0-9]{7,14}")
NIK = re.compile(r"[0-9]{16}")
KEY = re.compile(r"[A-Za-z0-9._:-]{8,80}")
TEXT_LENGTH = 600


def check_identity(*, subject: About, nik: str, name: str, birth_date: date) -> IdentityAnswer:
    """Does the civil registry know this person so? It says only what matches, never what it holds.

    :raises AuthorityDown: when there is no proper answer; nothing is known then.
    :raises BadQuestion: for a NIK that is not 16 digits, or an empty or overlong name.
    """
    name = name.strip()
    if not NIK.fullmatch(nik) or not 1 <= len(name) <= 200 or not name.isprintable():
        raise BadQuestion()
    body = {"nik": nik, "name": name, "birth_date": birth_date.isoformat()}
    return ask(Question(REGISTRY, "identity", subject, "/v1/identities/match", body), _identity)


def _identity(answer: Answer, proof: Proof) -> IdentityAnswer:
    found = answer.flag("found")
    fields = {"name": "name_matches", "birth_date": "birth_date_matches"}
    matches = {ours: answer.flag(theirs) for ours, theirs in fields.items()} if found else {}
    return IdentityAnswer(found, matches, proof)


def send_message(*, phone: str, channel: str, text: str, key: str) -> Proof:
    """Hand one message (up to 600 characters) to the gateway for `phone` in E.164.

    The same `key` (8 to 80 of letters, digits and `._:-`) sends once, however often it is asked.
    Channel is `sms` or `whatsapp`. The record names the key, never the number.

    :raises AuthorityDown: when the gateway did not confirm; it may be asked again with the key.
    :raises BadQuestion: for a number, channel, text or key that cannot be sent.
    """
    fits = PHONE.fullmatch(phone) and KEY.fullmatch(key) and channel in CHANNELS
    if not fits or not 1 <= len(text) <= TEXT_LENGTH:
        raise BadQuestion()
    body = {"to": phone, "channel": channel, "text": text}
    about = About("message", key[:64])
    return ask(Question(MESSAGES, "message", about, "/v1/messages", body, key=key), _accepted)


def _accepted(answer: Answer, proof: Proof) -> Proof:
    answer.choice("status", "accepted")
    return proof
