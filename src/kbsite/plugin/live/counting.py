"""How many pages a change makes others: what each says is compared, where that takes no time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from kbsite.outputs.keys import digest
from kbsite.pipeline import Prepared

LONGEST = 0.5  # seconds of work that it may be; where it is more, nobody waits for it again


class Pages:
    """What the pages of a site said when they were last looked at, as digests by their paths."""

    def __init__(self) -> None:
        self._known: Mapping[str, str] | None = None
        self._takes_long = False

    def changed(self, prepared: Prepared, is_over: Callable[[], bool]) -> str:
        """How many pages are other ones, came or went, in words; nothing where that is not known.

        It stops as soon as `is_over`, and what came of it counts with the next change.
        """
        if self._takes_long:
            return ""
        now: dict[str, str] = {}
        end = time.thread_time() + LONGEST
        for output in prepared.outputs:
            if output.kind != "page":
                continue
            if is_over():
                return ""
            if time.thread_time() > end:
                self._takes_long = True
                return ""
            now[output.path] = digest(output.value())
        before, self._known = self._known, now
        if before is None:
            return ""
        number = len({path for path, _ in before.items() ^ now.items()})
        return f"{number:,} of {len(now):,} pages changed"
