"""Which lines that look like headings are some: what follows them decides, and what stands around them."""

from collections.abc import Sequence
from dataclasses import replace

from mitstadt.methods.text.outline.marks import LONGEST_HEADING, could_be_heading, ends_sentence, heading_style
from mitstadt.methods.text.outline.model import Block, Kind
from mitstadt.methods.text.outline.words import is_opening_or_closing

LONGEST_HEADING_RUN = 2
FRONT_LINES = 6
MOST_LABEL_WORDS = 4
FEWEST_BOLD = 2


def with_bold_headings(blocks: Sequence[Block]) -> list[Block]:
    """Bold lines become headings: all of them where nothing else heads the text, otherwise those that head a text.

    Where most lines are bold, bold says nothing.
    """
    bold = [n for n, block in enumerate(blocks) if block.style == "bold"]
    marked = any(block.kind == "heading" for block in blocks)
    chosen = {n for n in bold if not marked or _heads(blocks, n)} if len(bold) <= 0.6 * len(blocks) else set()
    if marked and len(chosen) < FEWEST_BOLD:
        chosen = set()
    return [
        replace(block, kind="heading" if n in chosen else block.kind, style="bold" if n in chosen else "")
        if block.style == "bold"
        else block
        for n, block in enumerate(blocks)
    ]


def _heads(blocks: Sequence[Block], n: int) -> bool:
    following = blocks[n + 1] if n + 1 < len(blocks) else None
    if following is None or following.style == "bold" or blocks[n].text.endswith(":"):
        return False
    return following.kind in {"paragraph", "list_item"}


def judged(blocks: Sequence[Block]) -> list[Block]:
    """Blocks of a marked-up format: where it marks no headings at all, lines that look like headings become some."""
    if any(block.kind in {"heading", "title"} for block in blocks):
        return list(blocks)
    drafts = [
        replace(block, style=heading_style(block.text))
        if block.kind == "paragraph" and could_be_heading(block.text)
        else block
        for block in blocks
    ]
    return chosen_headings(drafts, range(len(drafts)))


def chosen_headings(blocks: Sequence[Block], groups: Sequence[int]) -> list[Block]:
    """Candidates become headings where something follows that they can head."""
    result = list(blocks)
    front = next((n for n, block in enumerate(blocks) if len(block.text) > LONGEST_HEADING), len(blocks))
    for run in _candidate_runs(blocks):
        followed = any(block.text for block in blocks[run[-1] + 1 :][:2])
        chosen = _chosen(run, blocks, groups, most=FRONT_LINES if run[0] < front else LONGEST_HEADING_RUN)
        if not followed:
            last_strong = max((n for n in chosen if blocks[n].style != "plain"), default=-1)
            named = {n for n in chosen if is_opening_or_closing(blocks[n].text) and n < run[-1]}
            chosen = {n for n in chosen if n <= last_strong} | named
        for n in run:
            kind: Kind = "heading" if n in chosen else "paragraph"
            result[n] = replace(blocks[n], kind=kind, style=blocks[n].style if n in chosen else "")
    return result


def _chosen(run: Sequence[int], blocks: Sequence[Block], groups: Sequence[int], *, most: int) -> set[int]:
    """The candidates of one run that stay: numbered ones all; of plain ones a short pile, of a long one the last."""
    plain = [n for n in run if blocks[n].style == "plain" and _has_room(blocks, groups, n)]
    numbered = {n for n in run if blocks[n].style != "plain"}
    return numbered | set(plain if len(plain) <= most else plain[-1:])


def _candidate_runs(blocks: Sequence[Block]) -> list[list[int]]:
    runs: list[list[int]] = []
    for n, block in enumerate(blocks):
        if block.kind == "paragraph" and block.style and block.text:
            if runs and not any(between.text for between in blocks[runs[-1][-1] + 1 : n]):
                runs[-1].append(n)
            else:
                runs.append([n])
    return runs


def _has_room(blocks: Sequence[Block], groups: Sequence[int], n: int) -> bool:
    """A plain heading begins its group, or the text before it has come to an end; and it does not announce a list."""
    if n + 1 < len(blocks) and _announces(blocks[n], blocks[n + 1], close=groups[n] == groups[n + 1]):
        return False
    if n == 0 or groups[n] != groups[n - 1]:
        return True
    before = blocks[n - 1]
    return before.kind != "paragraph" or bool(before.style) or ends_sentence(before.text)


def _announces(block: Block, following: Block, *, close: bool) -> bool:
    """Whether a line is the beginning of a sentence that a list completes, or ends in a colon as announcements do."""
    if following.kind != "list_item":
        if following.kind == "paragraph" and following.text[:1].islower():
            return True
        enacts = following.style == "sign" and not block.style.startswith("label")
        return block.text.endswith(":") and (enacts or len(block.text.split()) > MOST_LABEL_WORDS)
    completes = following.text[:1].islower() or following.text[-1] in ",;"
    return block.text.endswith(":") or completes or (close and len(block.text.split()) > MOST_LABEL_WORDS)
