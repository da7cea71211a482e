"""How soon `kbsite lsp` answers a keystroke: python -m tests.benchmarks.editing

An editor opens a record of a knowledge base, by default this one, and writes at its end, letter by
letter. Measured are the time from a change to what is wrong with the file, and from asking what may
be written to the answer: while the whole is not read, for that waits until nobody writes, and while
it is read again because another title was saved. No file is written.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from kbsite.collector import paused
from tests.benchmarks.base import Base
from tests.editors import Editor, editor

HERE = Path(__file__).parents[2]
PATIENCE = 600  # seconds
WRITTEN = "related: [kubecon"
EVERY = 20  # letters between two times that the file is saved
_TITLE = re.compile(r"^title: .*", re.MULTILINE)


async def measure(root: Path, letters: int) -> dict[str, list[float]]:
    """The times of all keystrokes, in seconds."""
    path = Base(root).session(0).relative_to(root).as_posix()
    took: dict[str, list[float]] = {}
    async with editor(root) as ed:
        ed.open(path)
        await ed.until(lambda: ed.uri(path) in ed.said)
        text = ed.texts[path]
        await _until_known(ed, path, text)
        for number in range(letters):
            await _write(ed, path, text, number, took, "")
        for number in range(letters):
            if number % EVERY == 0:
                other = _TITLE.sub(f"title: Changed {number}", text, count=1)
                ed.write(path, other)
                ed.saved(path)
                await asyncio.sleep(0.1)  # or the next letter puts the reading off again
            await _write(ed, path, other, number, took, ", while all is read")
    return took


async def _write(
    ed: Editor, path: str, text: str, number: int, took: dict[str, list[float]], when: str
) -> None:
    """Write a letter behind a text, and note how long the answers took."""
    typed = WRITTEN[: 1 + number % len(WRITTEN)]
    version = ed.write(path, f"{text}{typed}")
    begun = time.perf_counter()
    await ed.until(lambda: ed.said[ed.uri(path)].version == version)
    took.setdefault(f"problems{when}", []).append(time.perf_counter() - begun)
    begun = time.perf_counter()
    await ed.complete(path, f"\n{typed}|")
    took.setdefault(f"completion{when}", []).append(time.perf_counter() - begun)
    await asyncio.sleep(0.1)  # as fast as people write; longer than it takes, as a rule


async def _until_known(ed: Editor, path: str, text: str) -> None:
    """Wait until the server has read the whole for the first time."""
    while True:
        ed.write(path, f"{text}related: [")
        if await ed.complete(path, "related: [|"):
            return
        await asyncio.sleep(0.5)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.editing",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--root", type=Path, default=HERE, help="by default this knowledge base")
    parser.add_argument("--letters", type=int, default=100, help="by default 100")
    options = parser.parse_args(arguments)
    with paused():  # an editor's own pauses are none of the server's
        measured = measure(options.root.resolve(), options.letters)
        took = asyncio.run(asyncio.wait_for(measured, PATIENCE))
    for name, times in took.items():
        late = quantiles(times, n=20)[-1]
        print(
            f"{name:32} median {median(times) * 1e3:6.1f} ms, 95 of 100 in {late * 1e3:6.1f} ms, "
            f"all in {max(times) * 1e3:6.1f} ms"
        )


if __name__ == "__main__":
    main()
