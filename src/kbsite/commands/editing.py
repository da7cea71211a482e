"""`kbsite lsp`: the language server, where it is installed."""

from __future__ import annotations

from kbsite.errors import EnvironmentFailure

MISSING = (
    "the language server needs two packages that are not installed; add them with: "
    'pip install "kbsite[lsp]"'
)


def run() -> int:
    """Serve until the editor has enough; 0 if it said so first, as the protocol has it."""
    try:
        from kbsite.lsp import server  # noqa: PLC0415  # it is there only where somebody wants it
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise EnvironmentFailure(MISSING) from missing
    return server.run()
