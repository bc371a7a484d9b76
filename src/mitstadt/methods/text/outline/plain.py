"""Plain text becomes blocks: headings, lists, quotes, verse are told apart by general signs and surroundings."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text.outline.furniture import furnished, furniture_reason, page_lines
from mitstadt.methods.text.outline.judging import chosen_headings
from mitstadt.methods.text.outline.lines import (
    Line,
    Unit,
    joined_text,
    split_lines,
    units_of,
    with_marks_joined,
    wrap_width,
)
from mitstadt.methods.text.outline.marks import CONTACT, could_be_heading, ends_sentence, heading_style
from mitstadt.methods.text.outline.model import LIMITS, Block
from mitstadt.methods.text.outline.words import is_opening_or_closing

BLANK_LINE = re.compile(r"^[ \t]*\n", re.MULTILINE)
HYPHENATED = re.compile(r"\b[^\W\d_]+(?:-[^\W\d_]+)+\b")
QUOTED = re.compile(r"[„“\"»«‚‘][^„“”\"»«]{20,}[“”\"«»‘’][.!]?(?:\s*[\(–—-].{0,80})?$")
LONGEST_VERSE_LINE = 60
LONGEST_STANZA = 40
DEEPEST_HEADING_INDENT = 3
TITLE_LINES = 4
# How "1. Ziele", "I. Ziele", "A. Ziele", "i) Ziele" and "a) Ziele" rank as headings: each a form of its own.
NUMBERED_STYLES = {"1": "decimal1", "I": "roman", "A": "letter", "i": "roman below", "a": "letter below"}


def blocks_of(text: str) -> list[Block]:
    """All blocks of a cleaned plain text in order; headings carry a style, their levels are found later."""
    _refuse_many_lines(text)
    lines = split_lines(text)
    pages = page_lines(lines)
    body = [replace(line, text="") if n in pages else line for n, line in enumerate(lines)]
    width = wrap_width([line for n, line in enumerate(lines) if n not in pages])
    units = units_of(with_marks_joined(_healed(body, pages)), width)
    hyphenated = frozenset(word.lower() for word in HYPHENATED.findall(text))
    for unit in units:
        unit.text = _words(unit, hyphenated)
    units = _stanzas(units)
    placed = [(unit.lines[0].number, block) for unit, block in zip(units, _classified(units), strict=True)]
    placed += [(n, Block("furniture", lines[n].text, reason=reason)) for n, reason in pages.items()]
    return furnished([block for _, block in sorted(placed, key=lambda pair: pair[0]) if block.text])


def _refuse_many_lines(text: str) -> None:
    many = text.count("\n") - len(BLANK_LINE.findall(text))
    if many > LIMITS.lines:
        sentence = f"The text has {many} lines; at most {LIMITS.lines} can be read. Open it in several parts."
        raise MethodError("text_too_many_lines", sentence, lines=many, most=LIMITS.lines)


def _healed(lines: Sequence[Line], pages: dict[int, str]) -> list[Line]:
    """The lines with the gap closed where a page number stood in the middle of a sentence."""
    healed: list[Line] = []
    touched = False
    for n, line in enumerate(lines):
        touched = touched or n in pages
        if line.text and touched:
            before = next((other for other in reversed(healed) if other.text), None)
            if before and line.text[:1].islower() and not ends_sentence(before.text):
                while healed and not healed[-1].text:
                    healed.pop()
            touched = False
        healed.append(line)
    return healed


def _words(unit: Unit, hyphenated: frozenset[str]) -> str:
    if unit.cells:
        return " | ".join(unit.cells)
    first, *others = unit.lines
    if unit.marker:
        first = replace(first, text=first.text[unit.marker.width :])
    return joined_text([first, *others], hyphenated=hyphenated).strip()


def _stanzas(units: Sequence[Unit]) -> list[Unit]:
    """Verse, addresses and the like: neighbouring short lines become one unit that keeps its line breaks."""
    groups: dict[int, list[Unit]] = {}
    for unit in units:
        groups.setdefault(unit.group, []).append(unit)
    dense = len(groups) < 0.1 * len(units)
    result: list[Unit] = []
    for position, group in enumerate(groups.values()):
        if _is_stanza(group) and not dense and not (position == 0 and _is_title_pile(group)):
            first = group[0]
            first.lines = [line for unit in group for line in unit.lines]
            # Lines that are whole sentences are prose; other short lines are broken on purpose.
            breaks = " " if all(ends_sentence(unit.text) for unit in group) else "\n"
            first.text = breaks.join(unit.text for unit in group)
            first.form = "stanza"
            result.append(first)
        else:
            if _is_menu(group):
                for unit in group:
                    unit.form = "furniture"
            result.extend(group)
    return result


def _is_menu(group: Sequence[Unit]) -> bool:
    """Lines of a menu or a page's foot: short, together, and at least half of them usual furniture."""
    usual = sum(bool(furniture_reason(unit.text)) for unit in group)
    return usual >= max(2, len(group) / 2) and all(len(unit.text) <= LONGEST_VERSE_LINE for unit in group)


def _is_title_pile(group: Sequence[Unit]) -> bool:
    """The first lines of a text: its title and what is said of it, not the address of a sender."""
    return len(group) <= 3 and could_be_heading(group[0].text) and not any(CONTACT.search(unit.text) for unit in group)


def _is_stanza(group: Sequence[Unit]) -> bool:
    if not 2 <= len(group) <= LONGEST_STANZA:
        return False
    if any(unit.marker or unit.form or len(unit.text) > LONGEST_VERSE_LINE for unit in group):
        return False
    if is_opening_or_closing(group[0].text) or _is_menu(group):
        return False
    heading_above = could_be_heading(group[0].text) and all(ends_sentence(unit.text) for unit in group[1:])
    strong = could_be_heading(group[0].text) and heading_style(group[0].text) not in {"plain", "decimal1"}
    return not heading_above and not strong


def _classified(units: Sequence[Unit]) -> list[Block]:
    enumerated = _numbered_headings(units)
    front = units[0].group if units else 0
    drafts = [
        _draft(unit, position in enumerated, most_lines=TITLE_LINES if unit.group == front else 2)
        for position, unit in enumerate(units)
    ]
    drafts = _with_colon_lists(drafts, units)
    groups = [unit.group for unit in units]
    return _nested(chosen_headings(_joined_section_signs(drafts), groups), units)


def _numbered_headings(units: Sequence[Unit]) -> set[int]:
    """Positions of ``1. Ziele`` or ``A. Ziele`` that are headings: short, and text follows before the next number."""
    return {
        position
        for position, unit in enumerate(units[:-1])
        if _could_be_numbered_heading(unit)
        and not _same_count(unit, units, position - 1)
        and not _same_count(unit, units, position + 1)
        and _is_headed(unit, units[position + 1])
    }


def _could_be_numbered_heading(unit: Unit) -> bool:
    marker = unit.marker
    if not marker or not marker.order or marker.family[0] not in NUMBERED_STYLES or marker.written[0] == "(":
        return False
    return could_be_heading(unit.text) and unit.lines[0].indent <= DEEPEST_HEADING_INDENT


def _is_headed(unit: Unit, following: Unit) -> bool:
    """Whether what follows can stand below a numbered line; ``a)`` heads a text of its own only."""
    apart = following.group != unit.group
    if unit.marker and unit.marker.family[0] in "ai":
        return apart and not following.marker
    return apart or not following.marker


def _same_count(unit: Unit, units: Sequence[Unit], other: int) -> bool:
    if not 0 <= other < len(units):
        return False
    near = units[other].marker
    return bool(near and unit.marker and near.family == unit.marker.family)


def _draft(unit: Unit, numbered_heading: bool, *, most_lines: int) -> Block:
    """What a unit is by its own signs; a plain heading is only a candidate yet."""
    if unit.form == "furniture":
        return Block("furniture", unit.text, reason=furniture_reason(unit.text) or "navigation")
    if unit.form == "table_row":
        return Block("table_row", unit.text)
    if unit.form == "quote" or (not unit.marker and QUOTED.match(unit.text)):
        return Block("quote", unit.text)
    if unit.form.startswith(("underline", "bold", "h")):
        return Block("heading", unit.text, style=unit.form)
    if numbered_heading and unit.marker:
        style = NUMBERED_STYLES[unit.marker.family[0]]
        return Block("heading", f"{unit.marker.written} {unit.text}", style=style)
    if unit.marker:
        return Block("list_item", unit.text, marker=unit.marker.written)
    candidate = unit.form != "stanza" and len(unit.lines) <= most_lines and could_be_heading(unit.text)
    return Block("paragraph", unit.text, style=heading_style(unit.text) if candidate else "")


def _with_colon_lists(blocks: Sequence[Block], units: Sequence[Unit]) -> list[Block]:
    """Short lines without marks below a line that ends in a colon are a list whose bullets were lost."""
    result = list(blocks)
    position = 0
    while position < len(result):
        if not (result[position].text.endswith(":") and result[position].kind == "paragraph"):
            position += 1
            continue
        run = _short_run(result, units, position + 1)
        for n in run if len(run) >= 2 else ():
            result[n] = replace(result[n], kind="list_item", style="")
        position += 1 + len(run)
    return result


def _short_run(blocks: Sequence[Block], units: Sequence[Unit], start: int) -> list[int]:
    run: list[int] = []
    for n in range(start, len(blocks)):
        if blocks[n].kind != "paragraph" or blocks[n].style != "plain" or blocks[n].text.endswith(":"):
            break
        run.append(n)
    followed = bool(run) and run[-1] + 1 < len(blocks)
    if followed and len({units[n].group for n in run}) == len(run):
        # All lines stand apart: the last one heads what follows.
        return run[:-1]
    same_group = [n for n in run if units[n].group == units[run[0]].group]
    return same_group if followed and len(same_group) >= 2 else run


def _joined_section_signs(blocks: Sequence[Block]) -> list[Block]:
    """``§ 3`` alone on its line and its title on the next are one heading; the emptied place is kept as no words."""
    result = list(blocks)
    for n, (block, following) in enumerate(itertools.pairwise(blocks)):
        alone = block.style in {"sign", "chapter", "part"} and len(block.text.split()) <= 2
        if alone and following.style == "plain" and following.kind == "paragraph":
            result[n + 1] = replace(following, text=f"{block.text} {following.text}", style=block.style)
            result[n] = replace(block, text="", style="")
    return result


def _nested(blocks: Sequence[Block], units: Sequence[Unit]) -> list[Block]:
    """List items with their depth, from indents and from the change of marks within one list."""
    result: list[Block] = []
    stack: list[tuple[int, str]] = []
    for block, unit in zip(blocks, units, strict=True):
        if block.kind == "list_item":
            stack = _unwound(stack, unit.lines[0].indent, unit.marker.family if unit.marker else "")
            result.append(replace(block, depth=len(stack) - 1))
        else:
            stack = []
            result.append(block)
    return result


def _unwound(stack: list[tuple[int, str]], indent: int, family: str) -> list[tuple[int, str]]:
    """The open items after one more: deeper is what is indented further, or marked in a new way at the same indent."""
    while stack and indent < stack[-1][0] - 1:
        stack = stack[:-1]
    same = [n for n, (column, mark) in enumerate(stack) if mark == family and abs(column - indent) <= 1]
    if same:
        return [*stack[: same[-1]], (indent, family)]
    return [*stack, (indent, family)]
