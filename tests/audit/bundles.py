"""Bundles in tests: a log that others witness, the hands of a superuser, an auditor's computer."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from gapura.access.services import issue_grant, revoke
from gapura.accounts.queries import Details
from gapura.accounts.services import register
from gapura.audit import keys
from gapura.audit.bundle.verifier import verifier
from gapura.audit.events import Event, Subject
from gapura.audit.services import Bundle, checkpoint, export_bundle, record, seal_all
from gapura.audit.tree.cosignatures import signed_by
from gapura.audit.witness.asking import collect
from gapura.audit.witness.core import Witness
from gapura.audit.witness.server import Server
from gapura.audit.witness.shelf import Folder
from gapura.kernel.actor import Actor, system_actor
from gapura.ops.engines import find_binaries
from gapura.ops.postgres import SUPERUSER, Cluster
from gapura.organizations.models import Agency
from tests.engine import FOLDER

CONSOLE = system_actor("console")
NAME = "audit.example/w1"


@dataclass(slots=True)
class Auditor:
    """Somebody elsewhere: an own verifier, own keys, and checkpoints kept from before."""

    folder: Path
    kept: list[Path] = field(default_factory=list)

    def keep(self, note: str) -> None:
        """Put a checkpoint away."""
        path = self.folder / f"kept-{len(self.kept)}.txt"
        path.write_text(note, encoding="utf-8")
        self.kept.append(path)

    def check(self, bundle: Path, *more: str) -> dict[str, Any]:
        """What the own verifier says of a bundle; it knows nothing of the product."""
        program, policy = self.folder / "verify.py", self.folder / "policy.txt"
        program.write_text(verifier(), encoding="utf-8")
        policy.write_text(keys.policy().text, encoding="utf-8")
        kept = ["--kept", *map(str, self.kept)] if self.kept else []
        words = [str(bundle), *kept, "--policy", str(policy), "--json", *more]
        answer = subprocess.run(
            [sys.executable, "-I", str(program), *words],
            capture_output=True, text=True, cwd=self.folder,
        )  # fmt: skip
        assert answer.stderr == ""
        told: dict[str, Any] = json.loads(answer.stdout)
        assert told["exit_code"] == answer.returncode
        return told


def kinds(told: dict[str, Any]) -> set[str]:
    """The kinds of what was found."""
    return {finding["kind"] for finding in told["findings"]}


@dataclass(slots=True)
class Log:
    """A log that is written, sealed, signed and witnessed; `event` is one that no room writes."""

    folder: Path
    event: Event
    actor: Actor
    person: UUID
    grant: UUID
    bundles: int = 0

    def write(self, count: int, label: str = "") -> list[UUID]:
        """Commit entries one by one, as pages do."""
        made = []
        for number in range(count):
            with transaction.atomic():
                subject = Subject("thing", str(number), label or f"AKS-2026-{number:06d}")
                made.append(record(self.actor, self.event, subject, facts={"thing": "x"}))
        return made

    def seal(self) -> str:
        """Seal, sign and have it witnessed; answers the checkpoint as an auditor would fetch it."""
        seal_all()
        checkpoint(now=True)
        collect()
        return newest_note()

    def end_grant(self) -> None:
        """The role of the person ends, lawfully."""
        revoke(actor=CONSOLE, grants=[self.grant], reason="Tugas berakhir")

    def export(self, **more: Any) -> tuple[Path, Bundle]:
        """A bundle in a folder of its own."""
        self.bundles += 1
        path = self.folder / f"bundle-{self.bundles}"
        return path, export_bundle(actor=CONSOLE, target=path, **more)


def newest_note() -> str:
    """The newest checkpoint with the lines of its witnesses."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT note || coalesce((SELECT string_agg(line, '') FROM audit_cosignature s "
            "WHERE s.number = c.number), '') FROM audit_checkpoint c ORDER BY number DESC LIMIT 1"
        )
        (note,) = cursor.fetchone() or ("",)
    return str(note)


def begin(folder: Path, event: Event, actor: Actor) -> Log:
    """A person with a role, both through their services, and ten entries under a checkpoint."""
    Agency.objects.create(code="L01", name="Lembaga Contoh", kind="agency")
    details = Details(
        kind="pns", name="Dian Prasetya", nik="3273015708850001", nip="198508172009032001",
        agency="L01", username="dian.prasetya", email="dian@contoh.go.id",
    )  # fmt: skip
    person = register(actor=CONSOLE, details=details).person_id
    grant = issue_grant(
        actor=CONSOLE, person_id=person, role="admin_platform", valid_from=date(2026, 1, 1)
    )
    log = Log(folder, event, actor, person, grant)
    log.write(8)
    log.seal()
    return log


@contextmanager
def witness(folder: Path, settings: Any) -> Iterator[Path]:
    """A witness on its own port, which the log's policy demands; answers its evidence folder."""
    key = Ed25519PrivateKey.generate()
    log = keys.policy().logs[0]
    server = Server(
        ("127.0.0.1", 0), Witness(NAME, key, [log], Folder(folder, [log.name]), time.time)
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    policy = folder / "policy"
    url = f"http://127.0.0.1:{server.server_port}"
    policy.write_text(f"log {log}\nwitness w1 {signed_by(key, NAME)} {url}\nquorum w1\n")
    settings.LOG_POLICY = str(policy)
    try:
        yield folder / "evidence"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


Psql = Callable[..., str]


def find_psql() -> Psql | None:
    """The hands of a superuser, triggers off: PostgreSQL's own `psql`; None on a foreign engine."""
    found = find_engine()
    if found is None:
        return None
    programs, address = found
    return lambda sql: _psql(programs / "psql", address, sql)


def find_engine() -> tuple[Path, str] | None:
    """Its programs, and the superuser's address of the tests' database; None on a foreign one."""
    found = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        (major,) = cursor.fetchone() or (0,)
    for folder in sorted(FOLDER.iterdir()) if FOLDER.exists() else ():
        address = _address(folder, str(found["NAME"]))
        if address and f":{found['PORT']}/" in address:
            return find_binaries(str(major)).folder, address
    return None


def _address(folder: Path, database: str) -> str | None:
    return Cluster(folder, durable=False).address(role=SUPERUSER, database=database)


def _psql(program: Path, address: str, sql: str) -> str:
    words = [str(program), "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", address]
    script = f"SET session_replication_role = replica;\n{sql};\n"
    answer = subprocess.run(words, input=script, capture_output=True, text=True, timeout=60)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()
