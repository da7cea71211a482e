"""What pages may weigh, and which weigh more."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.crawl import HtmlPage

SESSION, ANY = 60_000, 150_000  # bytes of HTML
DAY = 190_000  # of a day of a schedule: all of it is on one page, to be filtered and jumped in
EVERYWHERE = 40_000  # bytes of kbsite's own style sheets and scripts that every page loads
SOMEWHERE = 20_000  # of each other
A_DAY = re.compile(r"events/[^/]+/\d{4}-\d\d-\d\d/(page/\d+/)?")
A_SESSION = re.compile(r"sessions/(?!page/)[^/]+/[^/]+/")


def too_heavy(pages: Mapping[str, HtmlPage]) -> list[str]:
    """The pages of a site that weigh more than they may.

    >>> def page(path, size): return HtmlPage(file=f"{path}index.html", html="x" * size)
    >>> made = [page("sessions/a/b/", 60_000), page("sessions/page/2/", 60_001), page("", 150_000)]
    >>> too_heavy({each.file: each for each in made})
    []
    >>> day = page("events/a/2031-04-01/", 190_000)
    >>> made = [page("sessions/a/b/", 60_001), page("", 150_001), day]
    >>> too_heavy({each.file: each for each in made})
    ['/sessions/a/b/: 60001 bytes, at most 60000', '/: 150001 bytes, at most 150000']
    """
    out = []
    for page in pages.values():
        size = len(page.html.encode())
        limit = ANY
        if A_SESSION.fullmatch(page.path):
            limit = SESSION
        elif A_DAY.fullmatch(page.path):
            limit = DAY
        if size > limit:
            out.append(f"/{page.path}: {size} bytes, at most {limit}")
    return out
