"""Opening, checking and drawing a PDF with PDFium, inside the child process. No Django."""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image

from gapura.documents.active import sign_in
from gapura.documents.limits import Limits
from gapura.documents.pictures import Picture, encode, fit
from gapura.documents.refusals import Refusal, Why

_WHITE = 0xFFFFFFFF
_BYTES_PER_PIXEL = 3
_XFA_FORMS = (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND)
_ERRORS = {
    pdfium.FPDF_ERR_PASSWORD: Why.ENCRYPTED,
    pdfium.FPDF_ERR_SECURITY: Why.ENCRYPTED,
}


def prepare() -> None:
    """Start PDFium; it then uses its built-in fonts only, since the child can open no file."""
    pdfium.FPDF_InitLibrary()


def open_pdf(content: bytes) -> Any:
    """PDFium's handle; `content` must stay alive as long as the handle.

    :raises Refusal: encrypted (also when it opens without a password), or broken.
    """
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        raise Refusal(_ERRORS.get(pdfium.FPDF_GetLastError(), Why.BROKEN))
    if pdfium.FPDF_GetSecurityHandlerRevision(document) != -1:
        raise Refusal(Why.ENCRYPTED)
    return document


def rewritten(document: Any, limits: Limits) -> bytes:
    """The document as PDFium writes it anew: plain names, object streams unpacked.

    A search in these bytes cannot be led astray by a spelling or by a packed object.
    :raises Refusal: when it grows past `copy_bytes` or cannot be written.
    """
    out = bytearray()

    def write(_writer: Any, data: Any, size: int) -> int:
        if len(out) + size > limits.copy_bytes:
            return 0
        out.extend(ctypes.string_at(data, size))
        return 1

    writer = pdfium.FPDF_FILEWRITE(version=1)
    writer.WriteBlock = type(writer.WriteBlock)(write)
    if not pdfium.FPDF_SaveAsCopy(document, writer, pdfium.FPDF_NO_INCREMENTAL):
        raise Refusal(Why.TOO_COMPLEX)
    return bytes(out)


def check_pdf(document: Any, content: bytes, limits: Limits) -> int:
    """The number of pages of a PDF that only shows.

    :raises Refusal: scripts, program starts, XFA forms, carried files, no or too many pages.
    """
    pages = int(pdfium.FPDF_GetPageCount(document))
    if pages < 1:
        raise Refusal(Why.BROKEN)
    if pages > limits.max_pages:
        raise Refusal(Why.TOO_MANY_PAGES)
    if pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
        raise Refusal(Why.ATTACHMENTS)
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        raise Refusal(Why.ACTIVE)
    if pdfium.FPDF_GetFormType(document) in _XFA_FORMS:
        raise Refusal(Why.ACTIVE)
    why = sign_in(content) or sign_in(rewritten(document, limits))
    if why:
        raise Refusal(why)
    return pages


def draw_page(document: Any, index: int, limits: Limits) -> Picture:
    """The preview of one page, with its stamps and signatures drawn.

    :raises Refusal: when the page cannot be read or has no size.
    """
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise Refusal(Why.BROKEN)
    try:
        points = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        if not (points[0] > 0 and points[1] > 0):
            raise Refusal(Why.BROKEN)
        width, height = fit(*points, limits)
        return encode(_drawn(page, width, height))
    finally:
        pdfium.FPDF_ClosePage(page)


def _drawn(page: Any, width: int, height: int) -> Image.Image:
    stride = width * _BYTES_PER_PIXEL
    pixels = ctypes.create_string_buffer(stride * height)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, pixels, stride)
    if not bitmap:
        raise Refusal(Why.TOO_COMPLEX)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        flags = pdfium.FPDF_ANNOT
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("RGB", (width, height), pixels.raw, "raw", "BGR", stride, 1)
