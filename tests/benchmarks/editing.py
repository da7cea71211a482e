"""How soon `kbsite lsp` answers a keystroke: python -m tests.benchmarks.editing

An editor opens a record of a knowledge base, by default this one, and writes at its end, letter by
letter. Measured are the time from a change to what is wrong with the file, and from asking what may
be written to the answer. The whole is not read meanwhile: that waits until nobody writes.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from tests.benchmarks.base import Base
from tests.editors import Editor, editor

HERE = Path(__file__).parents[2]
PATIENCE = 600  # seconds
WRITTEN = "related: [kubecon"


async def measure(root: Path, letters: int) -> dict[str, list[float]]:
    """The times of all keystrokes, in seconds."""
    path = Base(root).session(0).relative_to(root).as_posix()
    took: dict[str, list[float]] = {"problems": [], "completion": []}
    async with editor(root) as ed:
        ed.open(path)
        await ed.until(lambda: ed.uri(path) in ed.said)
        text = ed.texts[path]
        await _until_known(ed, path, text)
        for number in range(letters):
            typed = WRITTEN[: 1 + number % len(WRITTEN)]
            version = ed.write(path, f"{text}{typed}")
            begun = time.perf_counter()
            await ed.until(lambda version=version: ed.said[ed.uri(path)].version == version)  # type: ignore[misc]  # a lambda has no types
            took["problems"].append(time.perf_counter() - begun)
            begun = time.perf_counter()
            await ed.complete(path, f"\n{typed}|")
            took["completion"].append(time.perf_counter() - begun)
            await asyncio.sleep(0.1)  # as fast as people write; longer than it takes, as a rule
    return took


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
    took = asyncio.run(asyncio.wait_for(measure(options.root.resolve(), options.letters), PATIENCE))
    for name, times in took.items():
        late = quantiles(times, n=20)[-1]
        print(f"{name:12} median {median(times) * 1e3:6.1f} ms, 95 of 100 in {late * 1e3:6.1f} ms")


if __name__ == "__main__":
    main()
