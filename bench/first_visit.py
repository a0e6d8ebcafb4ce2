"""What a browser that was never here loads for one page: requests and bytes over the line."""

import re
from urllib.parse import urljoin

from bench.wire import Line

_IN_HTML = re.compile(r'<(?:script|img|use)[^>]*?\s(?:src|href)="([^"#]+)', re.IGNORECASE)
_LINKS = re.compile(r"<link\s[^>]*>", re.IGNORECASE)
_HREF = re.compile(r'href="([^"]+)"')
_LOADED = ("stylesheet", "icon", "preload", "modulepreload", "manifest")
_IN_CSS = re.compile(r"url\(\s*[\"']?([^\"')]+)")
_IN_SCRIPT = re.compile(r"""(?:import|from)\s*\(?\s*["']([./][^"']+)["']""")


def first_visit(port: int, path: str) -> tuple[int, int]:
    """Requests, and bytes with headers, of the page and all that it loads by itself.

    Counted from the texts: every font and picture that a style names counts, needed or not.
    """
    waiting, seen, size = [path], set[str](), 0
    with Line(port) as line, Line(port) as plain:
        while waiting:
            address = waiting.pop(0)
            if address in seen:
                continue
            seen.add(address)
            size += line.get(address, ["Accept-Encoding: gzip, br"]).size
            reply = plain.get(address)
            text = reply.body.decode("utf-8", "replace")
            waiting += [urljoin(address, one) for one in _named(text, reply.one("content-type"))]
    return len(seen), size


def _named(text: str, kind: str) -> list[str]:
    if "html" in kind:
        links = [tag for tag in _LINKS.findall(text) if any(f'rel="{r}"' in tag for r in _LOADED)]
        found = [_HREF.findall(tag)[0] for tag in links] + _IN_HTML.findall(text)
    elif "css" in kind:
        found = _IN_CSS.findall(text)
    elif "javascript" in kind:
        found = _IN_SCRIPT.findall(text)
    else:
        found = []
    return [one for one in found if not one.startswith(("data:", "http"))]
