"""Which part of a page is the document: its container, the table of its metadata, its heading.

A page of a government site carries menus, links, addresses and buttons around the document. The document's
container has a well-known name on most sites; elsewhere it is the innermost element that still holds most of
the text outside links.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from luoshi.core.document.html_look import BLOCKS, Element, is_hidden
from luoshi.core.document.html_source import TOKEN, Source
from luoshi.core.document.labels import is_label

# Names that content systems of government sites give to the container of the document.
_CONTAINER = re.compile(
    r"(?:^|[\s_-])(?:UCAP-CONTENT|TRS_(?:UE)?Editor|zoom(?:con)?|vsb_content\w*|Custom_UnionStyle|pages_content|"
    r"article[-_]?(?:content|body|con|text|main)|(?:news|xxgk|zwgk|wz|detail|info|main|text|page|doc|view)[-_]?"
    r"(?:content|con|text|body|article)|content[-_]?(?:text|body|main|detail|article)|con[-_]?text|articlebody)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)  # Sample: id="UCAP-CONTENT", class="TRS_Editor", class="article-content"

# Names of what surrounds a document. Sample: class="breadcrumb", id="footer", class="share-box"
_SURROUNDINGS = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu|foot(?:er)?|copyright|bread\w*|crumbs?|dqwz|share\w*|side(?:bar)?|related|xgwd|"
    r"pager?|paging|toolbar|search\w*|login|qrcode|ewm|print|closewin|top(?:bar)?|banner|logo|links?)(?:$|[\s_-])",
    re.IGNORECASE,
)

# Names of the element that shows the document's title. Sample: class="article-title", id="ivs_title"
_HEADING = re.compile(r"(?:^|[\s_-])(?:\w*title|headline|bt)(?:$|[\s_-])", re.IGNORECASE)

_MOST = 0.8  # share of a container's text that one child must hold to take its place
_PARAGRAPHS = frozenset({"p", "pre", "li", "dd", "blockquote"})


@dataclass(slots=True)
class Weights:
    """For each element: visible characters in it, how many of them outside links, and labels of metadata."""

    source: Source
    text: dict[Element, int] = field(default_factory=dict)
    unlinked: dict[Element, int] = field(default_factory=dict)
    labels: dict[Element, int] = field(default_factory=dict)
    hidden: set[Element] = field(default_factory=set)

    @classmethod
    def of(cls, root: Element, source: Source) -> Weights:
        """Weigh every element below `root`, innermost first."""
        weights = cls(source)
        for element in reversed(list(root.iter("*"))):
            weights._weigh(element)
        return weights

    def _weigh(self, element: Element) -> None:
        if is_hidden(element):
            self.hidden.add(element)
            self.text[element] = self.unlinked[element] = self.labels[element] = 0
            return
        own = self.length(element.text) + sum(self.length(child.tail) for child in element)
        self.text[element] = own + sum(self.text[child] for child in element)
        linked = element.tag == "a" and element.get("href") is not None
        self.unlinked[element] = 0 if linked else own + sum(self.unlinked[child] for child in element)
        inner = sum(self.labels[child] for child in element)
        if inner == 0 and 2 <= self.text[element] <= 24 and is_label(self.words(element)):
            inner = 1
        self.labels[element] = inner

    def length(self, markup: str | None) -> int:
        """Visible characters that the tokens in `markup` stand for."""
        if not markup or "\ue000" not in markup:
            return 0
        return sum(len(self.source.stretches[int(n)].text.strip()) for n in TOKEN.findall(markup))

    def words(self, element: Element) -> str:
        """The text of an element, as it stands in the source."""
        tokens = TOKEN.findall("".join(element.itertext("*")))
        return "".join(self.source.stretches[int(number)].text for number in tokens).strip()


@dataclass(frozen=True, slots=True)
class Content:
    """The parts of a page to be read, in order: heading, metadata, document; and what to pass over."""

    parts: tuple[Element, ...]
    skipped: frozenset[Element]


def content_of(root: Element, weights: Weights, tables: set[Element]) -> Content:
    """What to read of a page; a fragment (no html, head or body tag) is read whole.

    Args:
        root: the parsed page.
        weights: of its elements.
        tables: those of its tables that hold data; the document is never looked for inside one.
    """
    if not weights.source.whole:
        return Content((root,), frozenset(weights.hidden))
    total = weights.text[root]
    surroundings = {
        element
        for element in root.iter("*")
        if element.tag == "footer" or _SURROUNDINGS.search(_names(element))
        if weights.text[element] * 2 < total and weights.labels[element] < 2
    }
    skipped = frozenset(weights.hidden | surroundings)
    main = _named(root, weights, skipped)
    if main is None:
        main = _densest(root, weights, skipped | tables)
    before = [
        e for e in (_heading(root, main, weights, skipped), _metadata(root, main, weights)) if e is not None
    ]
    order = {element: index for index, element in enumerate(root.iter("*"))}
    return Content((*sorted(before, key=order.__getitem__), main), skipped - {main})


def _names(element: Element) -> str:
    return f"{element.get('id') or ''} {element.get('class') or ''}"


def _visible(root: Element, skipped: frozenset[Element]) -> Iterator[Element]:
    """The elements below `root` without those in skipped ones."""
    stack = [root]
    while stack:
        element = stack.pop()
        yield element
        stack.extend(
            child for child in reversed(element) if isinstance(child.tag, str) and child not in skipped
        )


def _named(root: Element, weights: Weights, skipped: frozenset[Element]) -> Element | None:
    """The container that its name gives away; where a page has several, what holds them all."""
    found = [e for e in _visible(root, skipped) if e.tag in BLOCKS and _CONTAINER.search(_names(e))]
    if not found:
        return None
    largest = max(weights.unlinked[element] for element in found)
    if largest * 4 < weights.unlinked[root]:
        return None
    found = [element for element in found if weights.unlinked[element] * 10 >= largest > 0]
    main = found[0]
    for element in found[1:]:
        inside = {main, *main.iterdescendants()}
        if element not in inside:
            ancestors = {main, *main.iterancestors()}
            main = next(a for a in (element, *element.iterancestors()) if a in ancestors)
    return main


def _densest(root: Element, weights: Weights, closed: frozenset[Element]) -> Element:
    """The innermost block that holds most of the text outside links; none of `closed` is looked into."""
    main = root
    while True:
        whole = sum(weights.unlinked[child] for child in main)
        children = [c for c in main if c.tag in BLOCKS - _PARAGRAPHS and c not in closed]
        largest = max(children, key=weights.unlinked.__getitem__, default=None)
        if largest is None or weights.unlinked[largest] < _MOST * max(whole, 1):
            return main
        main = largest


def _metadata(root: Element, main: Element, weights: Weights) -> Element | None:
    """The innermost element outside the document that holds the page's table of metadata."""
    chain = [main, *main.iterancestors()]
    beside = [e for inner, outer in itertools.pairwise(chain) for e in outer if e is not inner]
    best = max(beside, key=lambda element: weights.labels.get(element, 0), default=None)
    if best is None or weights.labels[best] < 3:
        return None
    while best.tag != "table":
        inner = next((child for child in best if weights.labels[child] == weights.labels[best]), None)
        if inner is None or inner.tag in ("tr", "li", "p"):
            break
        best = inner
    return best


def _heading(root: Element, main: Element, weights: Weights, skipped: frozenset[Element]) -> Element | None:
    """The element before the document that shows the page's title, unless the document repeats it."""
    named = " ".join(weights.words(element) for element in root.iter("title"))
    named += " ".join(
        element.get("content") or "" for element in root.iter("meta") if element.get("name") == "ArticleTitle"
    )
    named = "".join(named.split())
    opening = "".join(weights.words(main)[:600].split())
    for element in _visible(root, skipped):
        if element is main:
            return None
        if element.tag not in ("h1", "h2", "h3") and not _HEADING.search(_names(element)):
            continue
        if weights.text[element] > 200:
            continue
        words = "".join(weights.words(element).split())
        if 6 <= len(words) <= 120 and words in named and words not in opening:
            return element
    return None
