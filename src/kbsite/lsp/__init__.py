"""The language server: what `kbsite check` finds, in an editor, while somebody writes.

The process that talks to the editor (`server`, `bases`) holds the open files, and answers from them
and from a list of all there is. Another (`surveyor`) reads and links the whole knowledge base; it
may take its time.
"""
