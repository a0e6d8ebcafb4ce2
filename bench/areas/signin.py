"""A whole sign-in over HTTP against the bare password hash, in the same run; then a rush of them.

Whoever signs in does it on a device that is known, has no other sign-in open and a password that
is not old enough to ask for another: the ordinary case. A device that was never seen costs a notice
more, and is a figure of its own.
"""

import statistics
import threading
import time

from bench import beside, crew, peer
from bench.cpu import cpu_ms, slowness, tree, with_ended_ms
from bench.figures import Figure, Report
from bench.people import keys
from bench.stage import Server, Stage, stage, tell
from bench.wire import Line, Visitor

ROUNDS, WARM = 7, 4
WHO = ("ppk", "pp", "pa", "kpa", "bendahara", "apip")
# What a sign-in may cost beside the hash, and the most that a whole one is of the hash: 1 / 0.7.
BESIDE_MS, MOST_HASHES = 12.0, 1 / 0.7
# Sign-ins a second: at least 1.2 times the peer's, which asks for no second factor.
MOST_PEER = 1 / 1.2
LINES, SECONDS, PEOPLE = 16, 10.0, 1200
MOST_DOOR, OVERLOAD, PAGE_MS = 3.0, 10, 300.0
DEVICE = "device"
Devices = dict[str, str]


def measure() -> Report:
    """Form, password, code, home page; then sixteen at once, and ten times what can be done."""
    with stage() as here:
        crew.freshen_passwords()
        server, devices = here.serve(), Devices()
        for _ in range(WARM):
            _journeys(server, devices)
            crew.leave()
        tell("measuring")
        known = [_round(here, server, devices) for _ in range(ROUNDS)]
        new = [_round(here, server, None) for _ in range(ROUNDS)]
        figures, slow = _costs(known, new)
        figures += _beside_peer(here, known)
        figures += _rush(here)
    return Report("signin", tuple(figures), {"slower than the reference": f"{slow:.2f} x"})


Round = tuple[float, float, float, float]


def _round(here: Stage, server: Server, devices: Devices | None) -> Round:
    """Milliseconds of the hash, and of app and engine for each sign-in; the slowness meanwhile."""
    slow, bare = slowness(), hash_ms()
    own = tree(server.pid)
    before = cpu_ms(own), with_ended_ms(here.engine)
    _journeys(server, devices)
    app = (cpu_ms(own) - before[0]) / len(WHO)
    engine = (with_ended_ms(here.engine) - before[1]) / len(WHO)
    bare = (bare + hash_ms()) / 2
    crew.leave()
    return bare, app, engine, (slow + slowness()) / 2


def _costs(known: list[Round], new: list[Round]) -> tuple[list[Figure], float]:
    slow = statistics.median(one[3] for one in [*known, *new])
    bare, app, engine = (statistics.median(one[n] for one in known) / slow for n in range(3))
    beside_hash = statistics.median((one[1] - one[0]) / one[3] for one in known)
    strange = statistics.median((one[1] - one[0]) / one[3] for one in new)
    hashes = statistics.median((one[1] + one[2]) / one[0] for one in known)
    figures = [
        Figure("the bare password hash", bare, "ms"),
        Figure("a whole sign-in: app", app, "ms"),
        Figure("a whole sign-in: app, beside the hash", beside_hash, "ms", BESIDE_MS),
        Figure("the same on a new device", strange, "ms"),
        Figure("a whole sign-in: PostgreSQL", engine, "ms"),
        Figure("a whole sign-in / the bare hash", hashes, "x", MOST_HASHES),
        Figure("sign-ins a second that two cores can do", 2000 / (app + engine), "/s"),
    ]
    return figures, slow


def _beside_peer(here: Stage, known: list[Round]) -> list[Figure]:
    """What the same walk costs at the peer: without a second factor and without a home page."""
    server = peer.oidc_provider(here)
    for number in range(1, WARM * len(WHO)):
        peer.sign_in(server, number, token=True)
    tell("measuring oidc-provider")
    ours = statistics.median((one[1] + one[2]) / one[0] for one in known)
    figures = []
    for token, name in ((False, "a sign-in of oidc-provider"), (True, "the same, with its token")):
        theirs = [_peer_round(here, server, token) for _ in range(ROUNDS)]
        hashes = statistics.median(theirs)
        figures += [
            Figure(f"{name} / the bare hash", hashes, "x"),
            Figure(f"our whole sign-in / {name}", ours / hashes, "x", MOST_PEER),
        ]
    return figures


def _peer_round(here: Stage, server: Server, token: bool) -> float:
    """App and engine of one sign-in at the peer, in bare hashes of that moment."""
    bare, own = hash_ms(), tree(server.pid)
    before = cpu_ms(own) + with_ended_ms(here.engine)
    for number in range(len(WHO)):
        peer.sign_in(server, number + 1, token=token)
    spent = (cpu_ms(own) + with_ended_ms(here.engine) - before) / len(WHO)
    return spent * 2 / (bare + hash_ms())


def _journeys(server: Server, devices: Devices | None) -> None:
    """Each of them once; with `devices` the browsers stay known."""
    from gapura.authentication.queries import app_code

    people = keys()
    for name in WHO:
        with Line(server.port) as line:
            visitor, key = Visitor(line), people[name]
            if devices and name in devices:
                visitor.cookies[DEVICE] = devices[name]
            visitor.sign_in(name, key.password, app_code(key.totp_secret))
            if devices is not None:
                devices[name] = visitor.cookies[DEVICE]


def hash_ms() -> float:
    """What the installation's own settings make of a password, as often as people sign in."""
    from argon2 import PasswordHasher
    from django.conf import settings

    figures = settings.ARGON2
    hasher = PasswordHasher(figures["time_cost"], figures["memory_cost"], figures["parallelism"])
    began = time.thread_time()
    for _ in WHO:
        hasher.hash("correct horse battery staple")
    return (time.thread_time() - began) * 1000 / len(WHO)


def _rush(here: Stage) -> list[Figure]:
    """Pages and doors in processes of their own, as a busy installation has them."""
    tell(f"{PEOPLE} people")
    secrets = crew.make([f"kru{number:05d}" for number in range(PEOPLE)])
    pages = here.serve(role="web", TRUSTED_PROXIES="1")
    doors = here.serve(role="doors")
    beside_all = here.serve(TRUSTED_PROXIES="1")
    figures, rate = _door_beside(pages, doors, secrets, "the door in its own process")
    more, _ = _door_beside(beside_all, beside_all, secrets, "the door in the pages' process")
    return figures + more + _storm(pages, secrets, rate)


def _door_beside(
    pages: Server, doors: Server, secrets: dict[str, str], name: str
) -> tuple[list[Figure], float]:
    tell(f"{LINES} sign-ins at once beside {name}")
    crew.leave()
    crew.forget_limits()
    request = beside.door_request(doors.port)
    beside.asked(doors.port, request, 1, 0)
    idle = statistics.median(beside.asked(doors.port, request, 3, 0.01))
    people = beside.codes(secrets)
    with beside.Crowd("whole", pages.port, people, seconds=SECONDS, lines=LINES) as crowd:
        time.sleep(1)
        busy = statistics.median(beside.asked(doors.port, request, SECONDS - 3, 0.01))
    told = crowd.told
    rate = told["done"] / told["seconds"]
    said = f"idle {idle:.2f} ms, beside {busy:.2f} ms; {told['failures']} failed {told['failed']}"
    figures = [
        Figure(f"{name}, beside {LINES} sign-ins / idle, p50", busy / idle, "x", MOST_DOOR, said),
        Figure(f"sign-ins beside {name}", rate, "/s", None, f"pure hashes {_hash_rate():.1f} /s"),
    ]
    return figures, rate


def _hash_rate() -> float:
    """Hashes a second by the clock with a thread for each hashing thread of the server: one."""
    began = time.perf_counter()
    done = threading.Thread(target=lambda: [hash_ms() for _ in range(5)])
    done.start()
    done.join()
    return 5 * len(WHO) / (time.perf_counter() - began)


def _storm(pages: Server, secrets: dict[str, str], rate: float) -> list[Figure]:
    tell(f"{OVERLOAD} times as many passwords as can be checked")
    crew.leave()
    crew.forget_limits()
    with Line(pages.port) as line:
        page = line.request("GET", "/help/rights")
    calm = beside.p95(beside.asked(pages.port, page, 3, 0.03))
    orders = {"seconds": SECONDS, "rate": rate * OVERLOAD}
    with beside.Crowd("storm", pages.port, beside.codes(secrets), **orders) as crowd:
        time.sleep(1)
        busy = beside.p95(beside.asked(pages.port, page, SECONDS - 2, 0.03))
    answers: dict[str, int] = crowd.told["answers"]
    alone = sum(n for status, n in answers.items() if status not in {"303", "429"})
    sent, said = rate * OVERLOAD, ", ".join(f"{n} {s}" for s, n in sorted(answers.items()))
    return [
        Figure(f"another page, {sent:.0f} passwords /s: p95", busy, "ms", PAGE_MS, f"{calm:.0f}"),
        Figure("neither in nor told when to come back", alone, "", 0, said),
        Figure("the longest wait for an answer", crowd.told["longest"], "s"),
    ]
