"""Does the time of an answer tell who has an account? Known and unknown names side by side."""

import random
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import perf_counter

from bench import crew
from bench.cpu import slowness
from bench.figures import Figure, Report
from bench.officers import nik_of
from bench.ranks import mann_whitney
from bench.stage import stage, tell
from bench.wire import Line, Visitor

RUNS, EACH, WARM = 3, 500, 20
WRONG = "bukan sandinya"
# A run tells nothing apart when both hold; two of three have to.
GAP_MS, LEAST_P = 2.0, 0.001
MOST_TELLING = 1


Fields = Callable[[str, int], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Question:
    """A form that takes a name and must not say whether it is anybody's.

    `fields` gets the name and a number that is new each time; `behind` is the form in between.
    """

    name: str
    path: str
    fields: Fields
    behind: "Question | None" = None


def _at(name: str) -> str:
    """The address of one of the crew, or one like it."""
    return f"{name}@contoh.go.id"


def _registering(name: str, number: int) -> Mapping[str, str]:
    """Somebody new, who gives the address of `name`."""
    return {
        "name": "Warga Contoh",
        "nik": nik_of(number),
        "email": _at(name),
        "username": f"baru{number:06d}",
        "password": crew.PASSWORD,
        "read": "1",
    }


RESET = Question("new password", "/recover", lambda name, _: {"login": name})
LOST = Question("way back", "/recover/lost", lambda name, _: {"login": _at(name), "mailbox": "yes"})
QUESTIONS = (
    Question("sign-in", "/login", lambda name, _: {"username": name, "password": WRONG}),
    RESET,
    Question("new password, its code", "/recover/code", lambda *_: {"code": "000000"}, RESET),
    LOST,
    Question("way back, its code", "/recover/lost/code", lambda *_: {"code": "000000"}, LOST),
    Question("coming back", "/recover/return", lambda name, _: {"login": name}),
    Question("registration", "/register?kind=citizen", _registering),
    # It takes no name; one that is sent along must not matter either.
    Question("passkey", "/login/passkey/begin", lambda name, _: {"username": name}),
)


@dataclass(slots=True)
class Times:
    """Milliseconds of the answers about known and about unknown names, and what the answers were.

    An answer's shape is its status and size: all names are of one length.
    """

    known: list[float] = field(default_factory=list)
    unknown: list[float] = field(default_factory=list)
    shapes: tuple[set[tuple[int, int]], set[tuple[int, int]]] = field(
        default_factory=lambda: (set(), set())
    )

    @property
    def gap(self) -> float:
        """Between the medians."""
        return abs(statistics.median(self.known) - statistics.median(self.unknown))

    @property
    def p(self) -> float:
        """See `mann_whitney`."""
        return mann_whitney(self.known, self.unknown)

    @property
    def tells(self) -> bool:
        """Somebody who asks often enough could tell."""
        return self.gap >= GAP_MS or self.p <= LEAST_P


def measure() -> Report:
    """Every question three times, each time about 500 known and 500 unknown names by turns."""
    with stage(people=False) as here:
        tell(f"{EACH} people")
        known = [f"kru{number:05d}" for number in range(EACH)]
        crew.make(known)
        server = here.serve(TRUSTED_PROXIES="1")
        speeds, figures = [slowness()], []
        with Line(server.port) as line:
            asker = Asker(line)
            for question in QUESTIONS:
                tell(question.name)
                found = _figures(question, [asker.run(question, known, n) for n in range(RUNS)])
                tell("; ".join(f"{one.name} {one.value:.2f} {one.note}" for one in found))
                figures += found
                speeds.append(slowness())
    slow = f"{statistics.median(speeds):.2f} x"
    return Report("enumeration", tuple(figures), {"slower than the reference": slow})


class Asker:
    """Asks as a different address each time, so that no limit of an address is met."""

    def __init__(self, line: Line) -> None:
        self._line, self._sent = line, 0
        first = Visitor(line)
        first.get("/login")
        self._cookies = first.cookies

    def run(self, question: Question, known: list[str], number: int) -> Times:
        """One run; pairs in any order, and within a pair the known one first every second time."""
        crew.forget_limits()
        unknown = [f"asg{number}{index:04d}" for index in range(len(known))]
        for name in unknown[:WARM]:
            self.ask(question, f"pmn{name[3:]}")
        pairs = list(zip(known, unknown, strict=True))
        random.Random(number).shuffle(pairs)  # noqa: S311 - an order, no secret
        times = Times()
        for index, (somebody, nobody) in enumerate(pairs):
            asked = [(somebody, times.known, 0), (nobody, times.unknown, 1)]
            for name, kept, side in asked if index % 2 else reversed(asked):
                took, shape = self.ask(question, name)
                kept.append(took)
                times.shapes[side].add(shape)
        return times

    def ask(self, question: Question, name: str) -> tuple[float, tuple[int, int]]:
        """Milliseconds until the whole answer is there, and its shape."""
        self._sent += 1
        near, far = divmod(self._sent, 250)
        visitor = Visitor(self._line, f"10.{near // 250}.{near % 250}.{far + 1}")
        visitor.cookies.update(self._cookies)
        if question.behind is not None:
            self._send(visitor, question.behind, name)
        return self._send(visitor, question, name)

    def _send(
        self, visitor: Visitor, question: Question, name: str
    ) -> tuple[float, tuple[int, int]]:
        request = visitor.form(question.path, **question.fields(name, self._sent))
        began = perf_counter()
        self._line.send(request)
        reply = self._line.receive()
        took = (perf_counter() - began) * 1000
        visitor.keep(reply)
        return took, (reply.status, len(reply.body))


def _figures(question: Question, runs: list[Times]) -> list[Figure]:
    ps = " ".join(f"{one.p:.3f}" for one in runs)
    gaps = " ".join(f"{one.gap:.2f}" for one in runs)
    strange = sum(len(one.shapes[0] ^ one.shapes[1]) for one in runs)
    statuses = sorted({status for one in runs for side in one.shapes for status, _ in side})
    name, middle = question.name, statistics.median(one.gap for one in runs)
    answered = statistics.median(ms for one in runs for ms in one.unknown)
    telling = sum(one.tells for one in runs)
    return [
        Figure(f"{name}: an answer, median", answered, "ms", None, f"status {statuses}"),
        Figure(f"{name}: gap of the medians", middle, "ms", GAP_MS, f"runs {gaps}"),
        Figure(f"{name}: runs that tell apart", telling, "", MOST_TELLING, f"p {ps}"),
        Figure(f"{name}: answers of another status or size", strange, "", 0),
    ]
