"""kbsite turns a folder of conference-session records into a published knowledge base."""

__version__ = "0.1.0"
