"""`python -m kbsite` is the command `kbsite`, for where its script is not on the path."""

from kbsite.cli import main

main()
