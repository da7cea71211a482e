"""The search index: small documents from the graph, and the program that makes an index of them."""

from kbsite.search.documents import Document, documents
from kbsite.search.program import INDEX, Indexing, naming_temporary

__all__ = ["INDEX", "Document", "Indexing", "documents", "naming_temporary"]
