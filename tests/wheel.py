"""What is published as a package, built and tried as a stranger gets it: `make wheel`.

The wheel is built from what the source archive holds, installed with all it asks for into an empty
environment, and used there, in a folder that knows nothing of this one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from email.parser import Parser
from pathlib import Path

from tests.conftest import REPO

LICENCES = {"LICENSE", "OFL.txt", "OFL-inter.txt", "OFL-source-serif.txt"}
SAID = ("License-Expression", "Requires-Python", "Summary", "Classifier")
# A new knowledge base with an event and a session more, and its site; nothing may ask.
DAYS = ("--start", "2032-05-04", "--end", "2032-05-05")
TRIED = (
    ("--version",),
    ("init", "kb"),
    ("new", "event", "Conf 2032", "--timezone", "UTC", *DAYS, "--root", "kb"),
    ("new", "session", "A talk", "--event", "conf-2032", "--contributor", "Cem", "--root", "kb"),
    ("check", "--strict", "--root", "kb"),
    ("build", "--strict", "--root", "kb"),
)


def build(into: Path) -> Path:
    """The wheel, made of the source archive, which is beside it."""
    subprocess.run([sys.executable, "-m", "build", "--outdir", into, REPO], check=True)
    (wheel,) = into.glob("kbsite-*.whl")
    return wheel


def faults(wheel: Path) -> list[str]:
    """What is wrong with the files and the description in a wheel."""
    with zipfile.ZipFile(wheel) as packed:
        names = {info.filename for info in packed.infolist() if not info.is_dir()}
        (about,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        said = Parser().parsestr(packed.read(about).decode())
    info = f"{about.partition('/')[0]}/"
    listed = ("git", "ls-files", "-z", "src/kbsite")
    tracked = subprocess.run(listed, cwd=REPO, capture_output=True, text=True, check=True).stdout
    files = {path.removeprefix("src/") for path in tracked.split("\0") if path}
    packed_files = {name for name in names if not name.startswith(info)}
    found = [f"{path} is left out" for path in sorted(files - packed_files)]
    found += [f"{path} is no part of the package" for path in sorted(packed_files - files)]
    licences = {Path(name).name for name in names if name.startswith(f"{info}licenses/")}
    if licences != LICENCES:
        found.append(f"its licences are {sorted(licences)}, and not {sorted(LICENCES)}")
    found += [f"its description has no {field}" for field in SAID if not said[field]]
    return found


def use(wheel: Path, place: Path) -> None:
    """Install the wheel into an empty environment at `place`, and run what a stranger would."""
    run([sys.executable, "-m", "venv", place / "venv"], place)
    scripts = place / "venv" / ("Scripts" if os.name == "nt" else "bin")
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    python = scripts / "python"
    run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", wheel], place, alone)
    run([python, "-m", "pip", "check"], place, alone)
    for arguments in TRIED:
        run([scripts / "kbsite", *arguments], place, alone)


def run(command: Sequence[object], place: Path, env: Mapping[str, str] | None = None) -> None:
    """Run a command without a terminal; where it fails, all ends."""
    words = [str(word) for word in command]
    print("$", Path(words[0]).name, *words[1:], flush=True)
    done = subprocess.run(words, cwd=place, env=env, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        sys.exit(f"it ended with {done.returncode}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, help="keep what was built, in a folder")
    into: Path | None = parser.parse_args().into
    with tempfile.TemporaryDirectory() as temporary:
        wheel = build(into or Path(temporary, "dist"))
        if found := faults(wheel):
            sys.exit("\n".join(found))
        use(wheel, Path(temporary))
    print(f"{wheel.name} holds what it should, and works where nothing else is")


if __name__ == "__main__":
    main()
