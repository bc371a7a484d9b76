"""Writing a template anew: what fits stands on one line, what does not is broken by what encloses what."""

from __future__ import annotations

import re

from .gaps import BLOCKS, Gap, gaps_of, words
from .groups import Group, groups_of
from .tokens import Token, tokens_of

LONGEST = 160
_WIDTH = 120
_STEP = 2
# Pieces that stand on a line of their own wherever a break is possible.
_LINES = words("""
    block breadcrumbs data_table error_summary extends flash_messages include pagination promise_card statistic
    summary_list tabs thread thread_line""")
_INNER_SPACE = re.compile(
    r"({%.*?%}|{{.*?}}|\"(?:{%.*?%}|{{.*?}}|[^\"])*\"|'(?:{%.*?%}|{{.*?}}|[^'])*')|\s+", re.DOTALL
)


def formatted(text: str) -> str:
    """The template as the house lays it out; twice the same as once."""
    return _Layout(tokens_of(text)).written()


def long_lines(text: str) -> list[int]:
    """The numbers of the lines that no screen shows whole."""
    return [number for number, line in enumerate(text.splitlines(), 1) if len(line) > LONGEST]


class _Layout:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.groups = groups_of(tokens)
        self.gaps = gaps_of(tokens, self.groups)
        self.lines: list[str] = [""]
        self.is_fresh = True
        self.ended_a_block = False

    def written(self) -> str:
        self._sequence(0, len(self.tokens) - 1, 0)
        ending = "" if self.gaps[-1] is Gap.GLUE else "\n"
        return "\n".join(line.rstrip() for line in self.lines) + ending

    # What stands where

    def _end(self, place: int) -> int:
        return self.groups[place].closing + 1 if place in self.groups else place + 1

    def _children(self, start: int, end: int) -> list[int]:
        found = []
        while start < end:
            found.append(start)
            start = self._end(start)
        return found

    def _parts(self, group: Group) -> list[tuple[int, int]]:
        starts = [group.opening, *group.headers]
        return [(start + 1, edge) for start, edge in zip(starts, group.edges, strict=True)]

    def _is_block(self, place: int) -> bool:
        """True for what stands on lines of its own."""
        token = self.tokens[place]
        if token.kind in {"html", "whole"} and token.name:
            return token.name in BLOCKS and token.name != "br"
        if token.kind == "note":
            return True
        if token.kind == "tag" and (token.name in _LINES or token.name in {"banner", "disclosure", "filter_bar"}):
            return True
        group = self.groups.get(place)
        if group is None or token.kind != "tag":
            return False
        return any(self._is_block(child) for part in self._parts(group) for child in self._children(*part))

    def _width(self, start: int, end: int) -> int:
        """How long it is on one line; a piece of several lines is longer than any."""
        total = 0
        for place in range(start, end):
            text = self.tokens[place].text
            total += 10_000 if "\n" in text else len(text)
            total += place > start and self.gaps[place] is Gap.SPACE
        return total

    def _glued_after(self, place: int) -> int:
        end = place
        while end < len(self.tokens) - 1 and self.gaps[end] is Gap.GLUE:
            end += 1
        return end

    # Writing

    def _put(self, text: str, indent: int) -> None:
        if self.is_fresh:
            self.lines[-1] = " " * indent
        self.is_fresh = False
        first, *more = text.split("\n")
        self.lines[-1] += first
        self.lines.extend(more)

    def _new_line(self) -> None:
        if not self.is_fresh:
            self.lines.append("")
        self.is_fresh = True

    def _room(self, indent: int) -> int:
        return _WIDTH - (indent if self.is_fresh else len(self.lines[-1]))

    def _gap(self, place: int, indent: int, *, breaks: bool) -> None:
        gap = self.gaps[place]
        if gap is Gap.GLUE or self.is_fresh:
            return
        chunk = self._width(place, self._glued_after(place + 1))
        if breaks or self.ended_a_block or chunk + (gap is Gap.SPACE) > self._room(indent):
            self._new_line()
        elif gap is Gap.SPACE:
            self._put(" ", indent)

    def _sequence(self, start: int, end: int, indent: int) -> None:
        before_is_block = False
        for place in self._children(start, end):
            is_block = self._is_block(place)
            if place > start:
                self._gap(place, indent, breaks=is_block or before_is_block)
            self.ended_a_block = False
            self._one(place, indent)
            before_is_block = is_block

    def _one(self, place: int, indent: int) -> None:
        group = self.groups.get(place)
        if group is None:
            self._piece(place, indent)
        elif self._is_breakable(group) and self._must_break(group, indent):
            self._broken(group, indent)
        else:
            self._running(group, indent)

    def _is_breakable(self, group: Group) -> bool:
        inner = [gap for start, end in self._parts(group) for gap in (start, end)]
        return all(self.gaps[place] is not Gap.GLUE for place in inner)

    def _must_break(self, group: Group, indent: int) -> bool:
        children = [child for part in self._parts(group) for child in self._children(*part)]
        blocks = sum(self._is_block(child) for child in children)
        if blocks and (blocks > 1 or self.tokens[group.opening].kind == "tag"):
            return True
        return self._width(group.opening, self._glued_after(group.closing + 1)) > self._room(indent)

    def _broken(self, group: Group, indent: int) -> None:
        # A page's own blocks and its skeleton need no step: all of it would stand one to the right.
        step = 0 if self.tokens[group.opening].name in {"html", "head", "body"} else _STEP
        for (start, end), head in zip(self._parts(group), [group.opening, *group.headers], strict=True):
            self._piece(head, indent)
            self._new_line()
            self._sequence(start, end, indent + step)
            self._new_line()
        self._piece(group.closing, indent)
        self.ended_a_block = True

    def _running(self, group: Group, indent: int) -> None:
        for (start, end), head in zip(self._parts(group), [group.opening, *group.headers], strict=True):
            self._piece(head, indent)
            self.ended_a_block = False
            if start < end:
                self._gap(start, indent, breaks=False)
            self._sequence(start, end, indent)
            self._gap(end, indent, breaks=False)
            self.ended_a_block = False
        self._piece(group.closing, indent)

    def _piece(self, place: int, indent: int) -> None:
        token = self.tokens[place]
        if token.kind != "html" or len(token.text) <= self._room(indent):
            self._put(token.text, indent)
            return
        name, *more = _attributes(token.text)
        if more and (self.is_fresh or len(name) + 1 + len(more[0]) <= self._room(indent)):
            name = f"{name} {more.pop(0)}"
        self._put(name, indent)
        for attribute in more:
            if len(attribute) + 1 > self._room(indent):
                self._new_line()
                self._put(attribute, indent + 2 * _STEP)
            else:
                self._put(" " + attribute, indent)


def _attributes(text: str) -> list[str]:
    """An opening tag in the places where it may be broken: between attributes, never in a value."""
    parts, last = [], 0
    for found in _INNER_SPACE.finditer(text):
        if found[1] is None:
            parts.append(text[last : found.start()])
            last = found.end()
    return [part for part in [*parts, text[last:]] if part]
