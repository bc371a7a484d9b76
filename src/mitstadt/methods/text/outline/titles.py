"""Which line is the title, and what the lines around it are."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from mitstadt.methods.text.outline.model import Block
from mitstadt.methods.text.outline.words import WORD, is_introducing, normal

NUMBERED = ("decimal", "sign", "label", "chapter", "part", "roman", "letter")
LONGEST_TITLE = 160
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def with_title(blocks: Sequence[Block], name: str) -> list[Block]:
    """The blocks with at most one title; other heading lines above it become paragraphs, as do subtitles below it.

    A title that the format itself names wins. Otherwise it is the only heading of the highest explicit rank, or one
    of the lines before the first text: the one that the file's name or the heading after it repeats, else the first.
    """
    if any(block.kind == "title" for block in blocks):
        return _one_title(blocks)
    headings = [n for n, block in enumerate(blocks) if block.kind == "heading"]
    if not headings:
        return list(blocks)
    explicit = all(_is_explicit(blocks[n]) for n in headings)
    title = _highest(blocks, headings) if explicit else _front_title(blocks, headings, name)
    return list(blocks) if title is None else _settled(blocks, title, explicit=explicit)


def _one_title(blocks: Sequence[Block]) -> list[Block]:
    first = next(n for n, block in enumerate(blocks) if block.kind == "title")
    return [
        replace(block, kind="paragraph", style="") if block.kind == "title" and n != first else block
        for n, block in enumerate(blocks)
    ]


def _is_explicit(block: Block) -> bool:
    return re.fullmatch(r"h\d", block.style) is not None


def _highest(blocks: Sequence[Block], headings: Sequence[int]) -> int | None:
    """The only heading of the highest rank, if no heading of another rank with text of its own stands before it."""
    top = min(blocks[n].style for n in headings)
    tops = [n for n in headings if blocks[n].style == top]
    if len(tops) > 1 or any(blocks[n].kind == "paragraph" and headings[0] < n < tops[0] for n in range(tops[0])):
        return None
    return tops[0]


def _front_title(blocks: Sequence[Block], headings: Sequence[int], name: str) -> int | None:
    front = _front_headings(blocks, headings)
    if not front:
        return None
    if len(headings) == 1 and len(blocks) > 1 and blocks[front[0]].style.startswith(NUMBERED):
        return None
    later = [normal(blocks[n].text) for n in headings]
    for n in front:
        words = set(normal(blocks[n].text).split())
        echoed = any(words < set(other.split()) for other in later[later.index(normal(blocks[n].text)) + 1 :][:1])
        if len(words) >= 2 and (echoed or _is_name(blocks[n].text, name)):
            return n
    first = front[0]
    numbered = blocks[first].style.startswith(NUMBERED)
    return None if numbered or is_introducing(blocks[first].text) else first


def _front_headings(blocks: Sequence[Block], headings: Sequence[int]) -> list[int]:
    """Headings before the first text: a short line between them, such as a motto, does not end the front."""
    front: list[int] = []
    for n, block in enumerate(blocks):
        if block.kind == "heading":
            front.append(n)
        elif block.kind != "furniture" and _begins_text(block, n > headings[0] + 4):
            break
    return front


def _begins_text(block: Block, far: bool) -> bool:
    return far or block.kind != "paragraph" or len(block.text) > LONGEST_TITLE or block.text.endswith(".")


def _is_name(text: str, name: str) -> bool:
    """Whether the file is named after this line, as downloads are."""
    stem = set(_plain(name.rsplit("/", maxsplit=1)[-1].rsplit(".", maxsplit=1)[0]))
    words = set(_plain(text))
    return len(words) >= 2 and len(words & stem) >= 0.75 * len(words | stem)


def _plain(text: str) -> list[str]:
    spelled = unicodedata.normalize("NFC", text).casefold().translate(SPELLED_OUT)
    return [word for word in WORD.findall(spelled.replace("_", " ")) if len(word) > 1]


def _settled(blocks: Sequence[Block], title: int, *, explicit: bool) -> list[Block]:
    result = list(blocks)
    result[title] = replace(blocks[title], kind="title", style="")
    for n in range(title):
        if blocks[n].kind == "heading":
            result[n] = replace(blocks[n], kind="paragraph", style="")
    if not explicit:
        pile = _pile_after(blocks, title)
        # The last line of the pile heads the text that follows; those between are subtitles.
        for n in pile[:-1]:
            if blocks[n].style == "plain":
                result[n] = replace(blocks[n], kind="paragraph", style="")
    return result


def _pile_after(blocks: Sequence[Block], title: int) -> list[int]:
    pile: list[int] = []
    for n in range(title + 1, len(blocks)):
        if blocks[n].kind != "heading":
            break
        pile.append(n)
    return pile
