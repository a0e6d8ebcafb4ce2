"""Opening a JPG and drawing previews, inside the child process. No Django."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, JpegImagePlugin, MpoImagePlugin, WebPImagePlugin

from gapura.documents.limits import Limits
from gapura.documents.refusals import Refusal, Why

_READERS = (JpegImagePlugin, MpoImagePlugin, WebPImagePlugin)


@dataclass(frozen=True, slots=True)
class Picture:
    """One finished preview; sizes in pixels."""

    width: int
    height: int
    content: bytes


def prepare() -> None:
    """Load what Pillow otherwise loads at first use: the child can open no file later."""
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = None  # our own bound is checked on the header, before any decoding


def encode(image: Image.Image) -> Picture:
    """A fresh WebP of the pixels alone: no EXIF, place, color profile or comment survives."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = BytesIO()
    bare.save(out, "WEBP", quality=75, method=2)
    return Picture(bare.width, bare.height, out.getvalue())


def fit(width: float, height: float, limits: Limits) -> tuple[int, int]:
    """Pixels of the preview for a page or picture of these proportions."""
    scale = min(limits.preview_width / width, limits.preview_height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def draw_jpg(content: bytes, limits: Limits) -> list[Picture]:
    """The one preview of a JPG, upright.

    :raises Refusal: too many pixels by its header, or broken.
    """
    try:
        with Image.open(BytesIO(content), formats=("JPEG",)) as image:
            if image.width * image.height > limits.max_pixels:
                raise Refusal(Why.TOO_MANY_PIXELS)
            # Let the decoder scale down by 2, 4 or 8 on its way: a fraction of the memory.
            image.draft("RGB", (limits.preview_width * 2, limits.preview_width * 2))
            upright = ImageOps.exif_transpose(image.convert("RGB"))
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refusal(Why.BROKEN) from error
    width, height = fit(upright.width, upright.height, limits)
    if width * height < upright.width * upright.height:
        upright = upright.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return [encode(upright)]
