"""The commands of a site: begin one, build it, show it, take it elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from kbsite.cli.exits import DONE, exits
from kbsite.cli.groups import Group
from kbsite.cli.options import quiet_option, root_option


@click.command()
@root_option
@quiet_option
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path),
    help="Where to put the site; by default site/ below the root.",
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--no-search", is_flag=True, help="Leave the search index out, which is faster.")
@click.option("--list-outputs", is_flag=True, hidden=True, help="Print the key of each file.")
@exits
def build(
    root: Path | None,
    *,
    quiet: bool,
    site_dir: Path | None,
    strict: bool,
    no_search: bool,
    list_outputs: bool,
) -> int:
    """Check everything, and build the site.

    Until all of it is there the last one stays; where a record has an error nothing is written.
    """
    from kbsite.commands import building

    if list_outputs:
        building.list_outputs(root, search=not no_search)
    else:
        building.run(root, site_dir=site_dir, strict=strict, search=not no_search, quiet=quiet)
    return DONE


def _address(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    host, _, port = value.rpartition(":")
    is_port = re.fullmatch(r"[0-9]{1,5}", port) and 0 < int(port) < 65536
    if not is_port or (host != "localhost" and not _is_ip(host)):
        raise click.BadParameter(
            f"{value!r} is not HOST:PORT, such as 127.0.0.1:8000, localhost:8000 or [::1]:8000"
        )
    return value


def _is_ip(host: str) -> bool:
    """Whether this is an IP address as URLs have it: those of version 6 in brackets."""
    from ipaddress import ip_address

    inner = re.fullmatch(r"\[(.*)\]", host)
    try:
        return ip_address(inner[1] if inner else host).version == (6 if inner else 4)
    except ValueError:
        return False


@click.command()
@root_option
@click.option(
    "--addr",
    metavar="HOST:PORT",
    callback=_address,
    help="Where to serve; by default 127.0.0.1:8000.",
)
@click.option(
    "--open",
    metavar="[PAGE]",
    is_flag=False,
    flag_value="",
    help="Open it in a browser, at a page if one is named: by its address on the site, or by the "
    "file of its record.",
)
@click.option("--follow", is_flag=True, help="Go to the page of whatever is saved.")
@click.option(
    "--editor",
    metavar="NAME",
    help="What a click on the place of a problem opens: vscode, vscodium, cursor, zed, idea, "
    "pycharm, textmate, none, or an address with {path}, {line} and {column}; by default what "
    "KBSITE_EDITOR says.",
)
@exits
def serve(root: Path | None, *, addr: str | None, **wishes: Any) -> int:
    """Show the site in a browser, and again after every change."""
    from kbsite.commands import serving

    serving.run(root, address=addr, **wishes)
    return DONE


@click.group(cls=Group)
def export() -> None:
    """Write the knowledge base in a form that other programs read."""


@export.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@root_option
@quiet_option
@exits
def markdown(root: Path | None, *, folder: Path, quiet: bool) -> int:
    """Write every page as Markdown with front matter.

    Other engines read the files in DIR, one for each page.
    """
    from kbsite.commands import exporting

    exporting.run(root, folder, quiet=quiet)
    return DONE


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="What the site is called; by default after the folder.")
@quiet_option
@exits
def init(folder: Path, name: str | None, *, quiet: bool) -> int:
    """Start a new knowledge base in a folder.

    DIR is made, or is empty. It gets an invented example to take away, and what GitHub and editors
    need.
    """
    from kbsite.commands import starting

    starting.run(folder, name, quiet=quiet)
    return DONE
