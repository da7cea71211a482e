"""A maintainer's chores: each turns what is asked, and a base that was read, into a plan over all
files, which is tried before anything is written.
"""
