"""Takes the guides' pictures: a phone's screen from a page's heading on, as a small WebP file."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from gapura.web.help.guides.pictures import HEIGHT, WIDTH
from tests.journeys.visitor import Visitor
from tools.house.inventory import PACKAGE

FOLDER = PACKAGE / "web/shell/static/guides"
MOST_BYTES = 40 * 1024
SHARPNESS = 2
_QUALITIES = range(70, 20, -6)
_ABOVE = 10


@dataclass(frozen=True)
class Camera:
    """Keeps what it takes in `folder`."""

    folder: Path = FOLDER

    def take(self, me: Visitor, name: str, path: str = "", at: str = "main h1") -> None:
        """One picture; `path` is opened first, and what `at` selects stands on its top edge."""
        if path:
            me.open(path)
        place = me.page.locator(at).first
        place.evaluate(f"e => scrollTo(0, e.getBoundingClientRect().top + scrollY - {_ABOVE})")
        screen = {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT}
        taken = me.page.screenshot(clip=screen, animations="disabled")  # type: ignore[arg-type]
        self._keep(name, taken)

    def _keep(self, name: str, taken: bytes) -> None:
        with Image.open(BytesIO(taken)) as picture:
            picture.load()
        self.folder.mkdir(exist_ok=True)
        for quality in _QUALITIES:
            out = BytesIO()
            picture.convert("RGB").save(out, "WEBP", quality=quality, method=6)
            if out.tell() <= MOST_BYTES:
                (self.folder / f"{name}.webp").write_bytes(out.getvalue())
                return
        raise AssertionError(f"{name} is too large however coarse it is")
