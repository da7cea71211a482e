"""Where the command `kbsite` begins; `python -m kbsite` is for where its script is not on the path.

Nothing is imported before somebody may press Ctrl-C and be heard.
"""

import sys

INTERRUPTED = 130


def main() -> None:
    try:
        from kbsite.cli import main as run  # noqa: PLC0415  # what it imports takes a moment

        run()
    except KeyboardInterrupt:
        sys.stderr.write("error: interrupted\n")
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
