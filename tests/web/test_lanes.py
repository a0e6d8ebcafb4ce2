"""Forms with a password have a lane of their own: a rush of them holds up nobody else."""

import asyncio
import re
import threading

import pytest

from gapura.config.urls import all_pages
from gapura.web.lanes import PASSWORD_AGAIN, PASSWORD_FORMS, PASSWORD_THREADS, PASSWORD_WAITING
from tests.asgi import Answer, call, run, scope
from tests.web.test_bridge import App, bridge
from tools.house.inventory import ROOT


def test_a_rush_of_passwords_holds_up_no_page() -> None:
    """Attack: more passwords than can be checked; who comes too late is told when to return."""
    gate, most = threading.Event(), PASSWORD_THREADS + PASSWORD_WAITING
    app = App(then=lambda: gate.wait(5) if app.environ["REQUEST_METHOD"] == "POST" else None)
    limited = bridge(app, threads=1, waiting=1)

    async def rush() -> tuple[list[Answer], Answer]:
        asking = [
            asyncio.create_task(call(limited, scope("POST", "/login"))) for _ in range(most + 3)
        ]
        await asyncio.sleep(0.1)
        page = await asyncio.wait_for(call(limited, scope("GET", "/login")), 2)
        gate.set()
        return await asyncio.gather(*asking), page

    answers, page = run(rush())
    assert page.status == 200
    assert sorted(one.status for one in answers) == [200] * most + [429] * 3
    shed = [one.headers["retry-after"] for one in answers if one.status == 429]
    assert shed == [str(PASSWORD_AGAIN)] * 3
    assert limited.tally.inside == 0


@pytest.mark.parametrize("path", sorted(PASSWORD_FORMS))
def test_each_of_them_is_a_page_that_takes_a_form(path: str) -> None:
    pages = {f"/{page.route}": page for page in all_pages()}
    assert "POST" in pages[path].methods


def test_no_page_with_a_password_is_left_out() -> None:
    """Whatever calls a service that hashes stands in the table of the lane."""
    hashing = re.compile(
        r"\b(start_sign_in|register_person|finish_reset|finish_return|change_password|"
        r"replace_password)\(\s*actor="
    )
    views = {
        f"{page.view.__module__}": f"/{page.route}"
        for page in all_pages()
        if "POST" in page.methods and f"/{page.route}" in PASSWORD_FORMS
    }
    sources = (ROOT / "src/gapura/web").rglob("*.py")
    modules = {
        ".".join(file.relative_to(ROOT / "src").with_suffix("").parts)
        for file in sources
        if hashing.search(file.read_text(encoding="utf-8"))
    }
    assert modules == set(views)
