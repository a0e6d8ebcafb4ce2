"""The child process that opens foreign files: `-m gapura.documents.sandbox LIMITS < file > reply`.

The reply is one line of JSON, `{"refused": code}` or `{"pages": [[width, height, bytes], ...]}`,
then the previews one after the other. It starts fast: nothing here may import Django.
"""

import json
import sys
from collections.abc import Iterator

from gapura.documents import pictures, portable
from gapura.documents.confinement import allow_pages, confine
from gapura.documents.kinds import PDF
from gapura.documents.limits import Limits
from gapura.documents.pictures import Picture
from gapura.documents.refusals import Refusal, Why


def _draw(content: bytes, limits: Limits) -> Iterator[Picture]:
    if limits.thumbnail:
        yield from pictures.redraw(content, limits)
        return
    if limits.kind != PDF.name:
        yield from pictures.draw_jpg(content, limits)
        return
    document = portable.open_pdf(content)
    pages = portable.check_pdf(document, content, limits)
    allow_pages(pages, limits)
    for index in range(pages):
        yield portable.draw_page(document, index, limits)


def _reply(content: bytes, limits: Limits) -> tuple[dict[str, object], list[bytes]]:
    try:
        drawn = list(_draw(content, limits))
    except Refusal as refusal:
        return {"refused": refusal.why}, []
    except MemoryError:
        return {"refused": Why.TOO_COMPLEX}, []
    sizes = [[picture.width, picture.height, len(picture.content)] for picture in drawn]
    return {"pages": sizes}, [picture.content for picture in drawn]


def main(arguments: list[str]) -> None:
    """Confine this process, read standard input to its end, answer on standard output."""
    limits = Limits.from_text(arguments[0])
    pictures.prepare()
    portable.prepare()
    confine(limits)
    header, previews = _reply(sys.stdin.buffer.read(), limits)
    out = sys.stdout.buffer
    out.write(json.dumps(header).encode() + b"\n")
    out.writelines(previews)
    out.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
