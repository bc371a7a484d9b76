"""What a web page puts around its text, told by its elements; what holds the text itself is not taken for that."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mitstadt.methods.text.outline.furniture import furniture_reason
from mitstadt.methods.text.outline.model import Block

FURNITURE_ELEMENTS = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "aside",
    "form": "form",
    "button": "form",
    "select": "form",
    "datalist": "form",
    "textarea": "form",
    "dialog": "dialog",
    "menu": "navigation",
    "noscript": "hidden",
    "svg": "drawing",
}
FURNITURE_ROLES = {
    "navigation": "navigation",
    "banner": "header",
    "contentinfo": "footer",
    "search": "form",
    "complementary": "aside",
    "dialog": "dialog",
    "alertdialog": "dialog",
}
# Whole names only: ``share-of-rent`` and ``social-goals`` are names of ordinary sections.
_PIECES = (
    r"(?:[-_](?:bar|box|buttons?|links?|icons?|list|tools?|widget|area|section|form|wrap(?:per)?|container|media))?"
)
FURNITURE_NAMES = re.compile(
    r"(?:^|\s)(?:(?:post|entry|article|page|site|wp|block)[-_])?(?:(?P<cookies>cookie[\w-]*|consent[\w-]*)"
    rf"|(?P<breadcrumb>breadcrumbs?{_PIECES}|brotkrumen?)|(?P<share>(?:share|sharing|social){_PIECES})"
    rf"|(?P<skip_link>skip(?:link|nav|-link|-nav)?\w*)|(?P<comments>comments?{_PIECES}|disqus[\w-]*))(?:$|\s)",
    re.IGNORECASE,
)
NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
# Furniture that is looked at again: it may hold a section of the text.
MAY_HOLD_TEXT = {"form", "share", "comments", "box"}


@dataclass(slots=True)
class Opened:
    """An open element: why it is furniture, which of the page's elements it is, and whether its words are struck."""

    tag: str
    reason: str = ""
    number: int = 0
    struck: bool = False


def offered(blocks: Sequence[Block], owners: Sequence[Opened | None]) -> list[Block]:
    """The blocks with those inside of furniture marked, except where the page shows that it holds the text itself."""
    of_text = _holders_of_text(blocks, owners)
    has_title = any(
        block.style == "h1" and (owner is None or owner.reason != "header")
        for block, owner in zip(blocks, owners, strict=True)
    )
    result = []
    for block, owner in zip(blocks, owners, strict=True):
        title = owner is not None and owner.reason == "header" and block.style == "h1" and not has_title
        if owner is None or owner.number in of_text or title or block.kind == "furniture":
            result.append(block)
        else:
            result.append(Block("furniture", block.text.replace("\n", " "), reason=owner.reason))
    return result


def _holders_of_text(blocks: Sequence[Block], owners: Sequence[Opened | None]) -> set[int]:
    """Elements that are furniture by their name or kind, but hold a heading of the text, or most of the page."""
    letters = sum(len(block.text) for block in blocks)
    inside: dict[int, list[Block]] = {}
    known: dict[int, Opened] = {}
    for block, owner in zip(blocks, owners, strict=True):
        if owner is not None and owner.reason in MAY_HOLD_TEXT:
            inside.setdefault(owner.number, []).append(block)
            known[owner.number] = owner
    return {number for number, held in inside.items() if _holds_text(known[number], held, letters)}


def _holds_text(owner: Opened, held: Sequence[Block], letters: int) -> bool:
    headings = [block for block in held if block.kind == "heading" and not furniture_reason(block.text)]
    if owner.reason == "form":
        return any(block.style == "h1" for block in headings) or 2 * sum(len(block.text) for block in held) > letters
    return bool(headings)


def reason_of(tag: str, attributes: Mapping[str, str], around: Mapping[str, int]) -> str:
    """Why an element is page furniture, empty when it is not."""
    if not attributes and tag not in FURNITURE_ELEMENTS and tag != "header":
        return ""
    if "hidden" in attributes or NOT_SHOWN.search(attributes.get("style", "")):
        return "hidden"
    if tag in {"body", "html", "main", "article"}:
        return ""
    in_text = around.get("article") or around.get("main")
    if tag == "header" and not in_text and not around.get("section"):
        return "header"
    if tag == "aside" and in_text:
        return "box"
    named = FURNITURE_NAMES.search(f"{attributes.get('class', '')} {attributes.get('id', '')}"[:500])
    by_name = next((reason for reason, found in named.groupdict().items() if found), "") if named else ""
    role = FURNITURE_ROLES.get(attributes.get("role", ""), "")
    return FURNITURE_ELEMENTS.get(tag, "") or role or by_name
