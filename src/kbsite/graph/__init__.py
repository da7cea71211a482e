"""The graph: every record resolved and linked, computed once and never changed."""

from kbsite.graph.link import link
from kbsite.graph.nodes import Graph

__all__ = ["Graph", "link"]
