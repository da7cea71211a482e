"""What somebody is about to write, as files that pass `kbsite check`. Knows no terminal."""
