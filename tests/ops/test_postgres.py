"""Our own PostgreSQL: made, killed, recovered, and held by one at a time."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from gapura.ops import engines, postgres
from gapura.ops.engines import EngineError, find_binaries, processes_in
from gapura.ops.postgres import Cluster

Make = Callable[[], Cluster]
Copy = Callable[[str, Path], None]
GONE_SECONDS = 30  # for a process that was told to end, on a busy machine


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Puts what the first start makes into a folder; it is made once for each kind of engine."""
    first = tmp_path_factory.mktemp("made")

    def into(kind: str, folder: Path) -> None:
        made = Cluster(first / kind, find_binaries(kind), durable=False)
        if not made.folder.exists():
            made.start()
            made.stop()
        shutil.copytree(made.folder, folder, dirs_exist_ok=True)

    return into


@pytest.fixture(params=["wheel", "system"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of engine."""
    if request.param == "system" and not engines.system_binaries():
        pytest.skip("no system PostgreSQL is installed here")
    return str(request.param)


@pytest.fixture
def make(kind: str, tmp_path: Path, copy: Copy) -> Iterator[Make]:
    """Makes clusters on one folder that has been started before; stops the last one at the end."""
    copy(kind, tmp_path / "engine")
    yield from _maker(kind, tmp_path)


@pytest.fixture
def make_new(kind: str, tmp_path: Path) -> Iterator[Make]:
    """The same on a folder that is not there yet."""
    yield from _maker(kind, tmp_path)


def _maker(kind: str, tmp_path: Path) -> Iterator[Make]:
    made: list[Cluster] = []

    def new() -> Cluster:
        made.append(Cluster(tmp_path / "engine", find_binaries(kind)))
        return made[-1]

    yield new
    for cluster in made:
        cluster.stop()


def count(address: str) -> int:
    with psycopg.connect(address) as connection:
        row = connection.execute("select count(*) from deeds").fetchone()
    return int(row[0]) if row else -1


def write_deed(address: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute("create table if not exists deeds (n bigserial)")
        connection.execute("insert into deeds default values")


def all_end(data: Path) -> None:
    """Wait until no process of a data folder is left: the last one ends after it has answered."""
    until = time.monotonic() + GONE_SECONDS
    while left := processes_in(data):
        assert time.monotonic() < until, f"still there: {left}"
        time.sleep(0.05)


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split("\n")[0])


def abandon(cluster: Cluster) -> None:
    """What the kernel does when the process that held the folder is killed: its lock is gone."""
    assert cluster._lock
    cluster._lock.close()
    cluster._lock = None


def test_a_stop_and_a_start_keep_the_data(make: Make) -> None:
    cluster = make()
    write_deed(cluster.start())
    cluster.stop()
    assert count(make().start()) == 1


def test_a_second_keeper_is_refused_and_leaves_the_first_one_running(make: Make) -> None:
    address = make().start()
    second = make()
    with pytest.raises(EngineError, match="Another gapura is running"):
        second.start()
    second.stop()
    write_deed(address)


def test_after_kill_9_of_the_server_nothing_acknowledged_is_lost(make: Make) -> None:
    cluster = make()
    address = cluster.start()
    for _ in range(20):
        write_deed(address)
    os.kill(postmaster(cluster), signal.SIGKILL)
    abandon(cluster)
    assert count(make().start()) == 20


def test_after_kill_9_of_its_keeper_the_running_server_is_taken_over(make: Make) -> None:
    first = make()
    address = first.start()
    write_deed(address)
    abandon(first)
    second = make()
    assert second.start() == address
    assert count(address) == 1
    second.stop()
    all_end(second.data)


def test_a_pid_that_now_belongs_to_something_else_does_not_block_the_start(make: Make) -> None:
    cluster = make()
    write_deed(cluster.start())
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n1\n1\n\n\n")
    assert count(make().start()) == 1


def test_a_port_taken_at_the_last_moment_is_left_to_its_taker(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taker:
        taker.bind(("127.0.0.1", 0))
        taker.listen()
        ports = iter([taker.getsockname()[1], postgres.free_port()])
        monkeypatch.setattr(postgres, "free_port", lambda: next(ports))
        write_deed(make().start())


def test_an_interrupted_first_start_is_begun_anew(make_new: Make) -> None:
    cluster = make_new()
    (cluster.folder / "data.unfinished/base").mkdir(parents=True)
    write_deed(cluster.start())


def test_the_product_is_no_superuser_and_no_password_is_readable_by_others(make_new: Make) -> None:
    cluster = make_new()
    with psycopg.connect(cluster.start()) as connection:
        row = connection.execute("select usesuper from pg_user where usename = current_user")
        assert row.fetchone() == (False,)
    for path in cluster.folder.glob("*.password"):
        assert path.stat().st_mode & 0o077 == 0


def test_a_wrong_password_is_refused(make: Make) -> None:
    address = make().start()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address.replace("gapura:", "gapura:x", 1))


def test_text_is_compared_and_lowered_alike_on_every_engine(make: Make) -> None:
    with psycopg.connect(make().start()) as connection:
        row = connection.execute("select lower('ÄÉŞ'), 'a' < 'B'").fetchone()
    assert row == ("äéş", False)


def test_data_of_another_version_is_refused_with_a_sentence(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(EngineError, match="made by PostgreSQL 12"):
        cluster.start()


def test_a_folder_without_the_right_to_write_is_refused_with_a_sentence() -> None:
    with pytest.raises(EngineError, match="Set GAPURA_DATA_DIR"):
        Cluster(Path("/proc/nowhere")).start()


def test_an_engine_that_is_not_there_is_named() -> None:
    with pytest.raises(EngineError, match="No PostgreSQL 9"):
        find_binaries("9")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_root_may_change_its_way_of_not_being_root_below_a_closed_folder(
    order: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    ways = engines.AS_SOMEBODY_ELSE
    for number, way in enumerate(order, start=1):
        if not shutil.which(ways[way][0][0]):
            pytest.skip(f"{ways[way][0][0]} is not installed here")
        monkeypatch.setattr(engines, "AS_SOMEBODY_ELSE", (ways[way],))
        cluster = Cluster(tmp_path / "engine")
        address = cluster.start()
        write_deed(address)
        assert count(address) == number
        cluster.stop()


def test_ctrl_c_in_the_terminal_leaves_the_stopping_to_its_keeper(
    tmp_path: Path, copy: Copy
) -> None:
    copy("wheel", tmp_path)
    script = (
        "import signal, sys, time; from pathlib import Path\n"
        "from gapura.ops.postgres import Cluster\n"
        # Who starts the tests in the background leaves them, and us, deaf to it.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "c = Cluster(Path(sys.argv[1])); address = c.start()\n"
        "try: print(address, flush=True); time.sleep(60)\n"
        "except KeyboardInterrupt: time.sleep(0.5); print(c._answers(), flush=True); c.stop()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    ) as keeper:  # fmt: skip
        assert keeper.stdout
        keeper.stdout.readline()
        os.killpg(keeper.pid, signal.SIGINT)
        assert keeper.stdout.readline().strip() == "True"
    all_end(tmp_path / "data")
