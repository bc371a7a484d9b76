"""A test client that reads every page as a strict reader would.

Use it in place of Django's client: any test that fetches a page then also proves that the page is sound. It raises an
``AssertionError`` that names the faults.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from django.test import Client
from html5lib.html5parser import ParseError

OWN_HOSTS = {"", "testserver", "localhost", "127.0.0.1"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SELF_NAMED = {"hidden", "submit", "button", "image", "reset"}
_POINTERS = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-details", "for", "list", "form", "headers")
_ASSETS = {
    "img": ("src", "srcset"),
    "script": ("src",),
    "link": ("href",),
    "iframe": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "source": ("src", "srcset"),
    "track": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "use": ("href",),
    "image": ("href",),
}


class CityClient(Client):
    """Django's client, and a reader of every page that it is sent."""

    def __init__(self, *args: Any, unique_titles: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unique_titles = unique_titles
        self.titles: dict[tuple[str, str], str] = {}

    def request(self, **request: Any) -> Any:
        """Send a request; fail when the page that comes back has a fault."""
        response = super().request(**request)
        kind = response.headers.get("Content-Type", "")
        if not kind.startswith("text/html") or response.streaming or not response.content:
            return response
        path = request.get("PATH_INFO", "")
        page = read(response.content.decode(response.charset))
        found = faults(page)
        if page.whole and self.unique_titles and response.status_code == 200:
            found += self._title_faults(page, path)
        if found:
            raise AssertionError(f"{path} has faults:\n  " + "\n  ".join(found))
        return response

    def _title_faults(self, page: "Page", path: str) -> list[str]:
        key = (page.lang, page.title)
        first = self.titles.setdefault(key, path)
        return [f"The title “{page.title}” is also that of {first}."] if first != path else []


@dataclass(frozen=True)
class Page:
    """A parsed page, or a fragment of one (`whole` is false)."""

    elements: tuple[Element, ...]
    parents: dict[Element, Element]
    ids: Counter[str]
    whole: bool

    @property
    def title(self) -> str:
        """Text of the document's title."""
        head = next(self.named("head"), None)
        return _text(next((child for child in head if _name(child) == "title"), None)) if head is not None else ""

    @property
    def lang(self) -> str:
        """Language of the document."""
        return next((e.get("lang", "") for e in self.named("html")), "")

    def named(self, *names: str) -> Iterator[Element]:
        """All elements of these names, in the order of the page."""
        return (element for element in self.elements if _name(element) in names)

    def inside(self, element: Element, name: str) -> bool:
        """Whether an element stands within one of this name."""
        while element in self.parents:
            element = self.parents[element]
            if _name(element) == name:
                return True
        return False


def read(text: str) -> Page:
    """Parse a page or a fragment as strictly as a validator; a fault of grammar is an ``AssertionError``."""
    whole = "<html" in text[:1000].lower()
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        root = parser.parse(text) if whole else parser.parseFragment(text)
    except ParseError as error:
        line = parser.tokenizer.stream.position()[0]
        context = " ".join(text.splitlines()[max(line - 2, 0) : line])[-200:]
        raise AssertionError(f"Not valid HTML near line {line}: {error}\n  …{context}") from error
    elements = tuple(element for element in root.iter() if isinstance(element.tag, str))
    parents = {child: parent for parent in elements for child in parent}
    return Page(elements, parents, Counter(e.attrib["id"] for e in elements if "id" in e.attrib), whole)


def faults(page: Page) -> list[str]:
    """Sentences on everything that is wrong with the page; empty when nothing is."""
    checks: list[Callable[[Page], Iterator[str]]] = [
        _ids,
        _pointers,
        _labels,
        _names,
        _pictures,
        _inline,
        _foreign,
        _forms,
    ]
    if page.whole:
        checks += [_document, _headings]
    return [fault for check in checks for fault in check(page)]


def _document(page: Page) -> Iterator[str]:
    if not page.title:
        yield "The title is missing or empty."
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", page.lang):
        yield f"html lang is “{page.lang}”."
    if sum(1 for _ in page.named("main")) != 1:
        yield "There is not exactly one main."


def _headings(page: Page) -> Iterator[str]:
    levels = [(int(_name(heading)[1]), _text(heading)) for heading in page.named(*_HEADINGS)]
    count = sum(1 for level, _ in levels if level == 1)
    if count != 1:
        yield f"There are {count} h1, not one."
    # A summary of errors (h2) may stand before the h1.
    previous = 1
    for level, text in levels:
        if not text:
            yield f"An h{level} is empty."
        if level > previous + 1:
            yield f"The h{level} “{text}” follows an h{previous}: a level is left out."
        previous = level


def _ids(page: Page) -> Iterator[str]:
    for identifier, count in page.ids.items():
        if count > 1:
            yield f"The id “{identifier}” is given {count} times."
        if not identifier or re.search(r"\s", identifier):
            yield f"The id “{identifier}” is empty or holds a space."


def _pointers(page: Page) -> Iterator[str]:
    for element in page.elements:
        for attribute in _POINTERS:
            for target in element.get(attribute, "").split():
                if target not in page.ids:
                    yield f"{attribute} of {_show(element)} leads to no “{target}”."
        href = element.get("href", "")
        if page.whole and len(href) > 1 and href.startswith("#") and href[1:] not in page.ids:
            yield f"{_show(element)} leads to no “{href[1:]}”."


def _labels(page: Page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.named("label") if _text(label)}
    for control in page.named("input", "select", "textarea"):
        if _name(control) == "input" and control.get("type", "text") in _SELF_NAMED:
            continue
        if control.get("id") in labelled - {None} or _named_by_aria(control) or page.inside(control, "label"):
            continue
        yield f"{_show(control)} has no label."


def _names(page: Page) -> Iterator[str]:
    for element in page.named("button", "a", "summary", "legend", "th", "caption", "iframe"):
        if _name(element) == "a" and not element.get("href"):
            continue
        if not (_text(element) or _named_by_aria(element) or element.get("title") or _alternative(element)):
            yield f"{_show(element)} has no words."


def _pictures(page: Page) -> Iterator[str]:
    for picture in page.named("img"):
        if "alt" not in picture.attrib:
            yield f"{_show(picture)} has no alt."
    for control in page.named("input"):
        if control.get("type") == "image" and not control.get("alt"):
            yield f"{_show(control)} has no alt."
    for drawing in page.named("svg"):
        told = drawing.get("role") in {"img", "group"} and (_named_by_aria(drawing) or _alternative(drawing))
        if drawing.get("aria-hidden") != "true" and not told:
            yield f"{_show(drawing)} is neither hidden nor told (role and aria-label)."


def _inline(page: Page) -> Iterator[str]:
    for element in page.elements:
        if "style" in element.attrib:
            yield f"{_show(element)} has an inline style."
        for attribute in element.attrib:
            if re.match(r"on[a-z]+$", str(attribute)):
                yield f"{_show(element)} has an inline {attribute}."
        if element.get("href", "").strip().lower().startswith("javascript:"):
            yield f"{_show(element)} runs a script."
    for _ in page.named("style"):
        yield "There is an inline style sheet."
    for script in page.named("script"):
        if not script.get("src") and script.get("type") != "application/json":
            yield "There is an inline script."


def _foreign(page: Page) -> Iterator[str]:
    for element in page.named(*_ASSETS):
        for attribute in _ASSETS[_name(element)]:
            value = element.get(attribute) or element.get(f"{{http://www.w3.org/1999/xlink}}{attribute}") or ""
            for part in value.split(",") if attribute == "srcset" else [value]:
                if not part.strip().startswith("data:") and urlsplit(part.strip()).hostname not in {None, *OWN_HOSTS}:
                    yield f"{_show(element)} is fetched from a third party: {part.strip()}."


def _forms(page: Page) -> Iterator[str]:
    for form in page.named("form"):
        if form.get("method", "get").lower() != "post":
            continue
        if not any(field.get("name") == "csrfmiddlewaretoken" for field in form.iter() if _name(field) == "input"):
            yield f"{_show(form)} sends by POST without a CSRF token."


def _name(element: Element) -> str:
    tag: object = element.tag  # a function where the element is a comment
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _text(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _named_by_aria(element: Element) -> bool:
    return bool(element.get("aria-label", "").strip() or element.get("aria-labelledby"))


def _alternative(element: Element) -> str:
    return "".join(
        child.get("alt", "") or child.get("aria-label", "") or (_text(child) if _name(child) == "title" else "")
        for child in element.iter()
    )


def _show(element: Element) -> str:
    shown = " ".join(
        f'{k}="{element.get(k)}"' for k in ("id", "class", "name", "href", "src", "action") if element.get(k)
    )
    return f"<{_name(element)}{' ' if shown else ''}{shown}>"
