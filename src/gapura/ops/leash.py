"""A child process that must not outlive its supervisor, not even when that one is killed."""

import os
import signal
import threading


def hold_on(descriptor: int | None) -> None:
    """Watch the read end of a pipe that only the supervisor can write to.

    When the supervisor is gone, this whole process group ends at once: as with `kill -9` nothing
    acknowledged is lost, and ports and locks are free for the next start. Without a descriptor
    nothing is watched.
    """
    if descriptor is not None:
        threading.Thread(target=_watch, args=(descriptor,), daemon=True, name="leash").start()


def _watch(descriptor: int) -> None:
    while os.read(descriptor, 1):
        pass
    if os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
