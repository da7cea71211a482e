"""What pages may weigh, and which weigh more."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.crawl import HtmlPage

SESSION, ANY = 60_000, 150_000  # bytes of HTML
OURS = 40_000  # bytes of style sheets and scripts that are kbsite's own
A_SESSION = re.compile(r"sessions/(?!page/)[^/]+/[^/]+/")


def too_heavy(pages: Mapping[str, HtmlPage]) -> list[str]:
    """The pages of a site that weigh more than they may.

    >>> def page(path, size): return HtmlPage(file=f"{path}index.html", html="x" * size)
    >>> made = [page("sessions/a/b/", 60_000), page("sessions/page/2/", 60_001), page("", 150_000)]
    >>> too_heavy({each.file: each for each in made})
    []
    >>> made = [page("sessions/a/b/", 60_001), page("", 150_001)]
    >>> too_heavy({each.file: each for each in made})
    ['/sessions/a/b/: 60001 bytes, at most 60000', '/: 150001 bytes, at most 150000']
    """
    out = []
    for page in pages.values():
        size = len(page.html.encode())
        limit = SESSION if A_SESSION.fullmatch(page.path) else ANY
        if size > limit:
            out.append(f"/{page.path}: {size} bytes, at most {limit}")
    return out
