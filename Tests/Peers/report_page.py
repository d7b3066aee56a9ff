"""Holds reports to loading nothing: usage: report_page.py PAGE...

Each page is parsed as HTML5 by html5lib in its strict mode; then every element and attribute is
looked at. Nothing may run, be loaded or lead elsewhere, and the policy that forbids it must stand
first.
"""

import sys
from pathlib import Path

import html5lib

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "h1",
    "h2", "h3", "p", "ul", "li", "a", "div", "bdi", "b", "i", "small", "span", "table", "thead",
    "tbody", "tr", "th", "td", "figure", "figcaption", "details", "summary", "dl", "dt", "dd",
    "pre", "code", "svg", "g", "path", "rect", "text", "desc", "defs", "pattern"}


def check(path):
    """Checks a page; returns the number of its elements."""
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False)
    root = parser.parse(Path(path).read_text(encoding="utf-8"))
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    for element in elements:
        name = element.tag.rpartition("}")[2]
        assert name in ALLOWED, f"{path}: <{name}>"
        for key, value in element.attrib.items():
            key = str(key).rpartition("}")[2].lower()
            assert not key.startswith("on"), f"{path}: {key} of <{name}>"
            assert key not in {"src", "srcset", "action", "data", "background"}, f"{path}: {key}"
            if key == "href":
                assert value.startswith("#"), f"{path}: a link to {value}"
            if key == "style" or "url(" in value.lower():
                references = value.lower().split("url(")[1:]
                assert all(reference.startswith("#") for reference in references), value
    style = "".join(element.text or "" for element in elements if element.tag == "style")
    assert "url(" not in style and "@import" not in style
    first, second = [element for element in elements if element.tag == "meta"][:2]
    assert first.get("charset") == "utf-8"
    assert second.get("http-equiv") == "Content-Security-Policy"
    assert second.get("content") == POLICY
    return len(elements)


for page in sys.argv[1:]:
    print(f"{Path(page).name}: {check(page):,} elements, nothing of them loads or runs anything")
