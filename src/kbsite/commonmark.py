"""CommonMark with GFM's tables, strike-through and bare links to HTML, by cmark."""

from __future__ import annotations

from cmarkgfm import cmark

_EXTENSIONS = ("table", "strikethrough", "autolink")


def render(markdown: str, *, raw: bool) -> str:
    """HTML that is not safe where it is `raw`: where HTML in the text is kept as it stands.

    >>> render("*a* <b>", raw=True), render("*a* <b>", raw=False)
    ('<p><em>a</em> <b></p>\\n', '<p><em>a</em> <!-- raw HTML omitted --></p>\\n')
    """
    options = cmark.Options.CMARK_OPT_UNSAFE if raw else cmark.Options.CMARK_OPT_DEFAULT
    return str(cmark.markdown_to_html_with_extensions(markdown, options, _EXTENSIONS))
