"""Opening a JPG or PNG and drawing it anew, inside the child process. No Django."""

from dataclasses import dataclass
from io import BytesIO

from PIL import (
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from gapura.documents.limits import Limits
from gapura.documents.refusals import Refusal, Why

_READERS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)
_FORMATS = {"jpg": "JPEG", "png": "PNG"}


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
    upright = _opened(content, "JPEG", limits)
    return [encode(_shrunk(upright, *fit(upright.width, upright.height, limits)))]


def redraw(content: bytes, limits: Limits) -> list[Picture]:
    """A picture drawn anew, large and as a thumbnail; transparent parts become white.

    :raises Refusal: too many pixels by its header, or broken.
    """
    upright = _opened(content, _FORMATS[limits.kind], limits)
    large = _shrunk(upright, *fit(upright.width, upright.height, limits))
    scale = limits.thumbnail / max(large.size)
    width, height = (max(1, round(side * scale)) for side in large.size)
    return [encode(large), encode(_shrunk(large, width, height))]


def _opened(content: bytes, kind: str, limits: Limits) -> Image.Image:
    try:
        with Image.open(BytesIO(content), formats=(kind,)) as image:
            if image.width * image.height > limits.max_pixels:
                raise Refusal(Why.TOO_MANY_PIXELS)
            # Let the decoder scale down by 2, 4 or 8 on its way: a fraction of the memory.
            image.draft("RGB", (limits.preview_width * 2, limits.preview_width * 2))
            return _upright(image)
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refusal(Why.BROKEN) from error


def _upright(image: Image.Image) -> Image.Image:
    """Turned as its maker held it, and as it looks on white paper."""
    if not image.has_transparency_data:
        return ImageOps.exif_transpose(image.convert("RGB"))
    layers = ImageOps.exif_transpose(image.convert("RGBA"))
    paper = Image.new("RGB", layers.size, "white")
    paper.paste(layers, mask=layers.getchannel("A"))
    return paper


def _shrunk(image: Image.Image, width: int, height: int) -> Image.Image:
    """At most this large; a small one is never blown up."""
    if width * height >= image.width * image.height:
        return image
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
