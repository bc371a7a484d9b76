"""For every gap between two pieces: may a break stand there unseen?

White space beside the edge of a block element shows nowhere, and beside other white space it shows no more than that.
What stands beside a gap depends on the way through `if` and `for`, so the answer holds only when it holds on every way.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from .groups import Group
from .tokens import Token


class Gap(Enum):
    """GLUE: nothing may come between. SPACE: white space that shows. FREE: white space or none, as the layout likes."""

    GLUE = 0
    SPACE = 1
    FREE = 2


def words(text: str) -> frozenset[str]:
    """The words of a list that is written as one."""
    return frozenset(text.split())


BLOCKS = words("""
    address article aside blockquote body br datalist dd details dialog div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 head header hr html legend li link main meta nav ol optgroup option p pre script section summary
    style table tbody td tfoot th thead title tr ul !doctype path g rect circle line polyline polygon""")
# Blocks of the base pages whose edges are those of a block element there.
_PAGE_BLOCKS = words("""
    actions after aside before beside breadcrumbs content extra_body extra_head fields head heading part question
    scripts submit why""")
_BLOCK_TAGS = words("banner endbanner disclosure enddisclosure endempty filter_bar endfilter_bar")
_SILENT_TAGS = words("""
    block comment csrf_token elif else endblock endfor endif endlocalize endwith extends for get_current_language
    get_current_language_bidi if load localize with""")


def gaps_of(tokens: list[Token], groups: dict[int, Group]) -> list[Gap]:
    """The gap before each piece."""
    by_edge = {edge: group for group in groups.values() for edge in group.edges}
    flow = [_flow(token, by_edge.get(place), tokens) for place, token in enumerate(tokens)]
    outside = _outside_of_blocks(tokens, groups)
    ahead = _settled(len(tokens), lambda state: _forward(state, tokens, flow, groups, by_edge))
    behind = _settled(len(tokens), lambda state: _backward(state, tokens, flow, groups, by_edge))
    free = [
        _in_translation(tokens, place)
        if _is_wording(tokens, place)
        else place in outside or ahead[place] or behind[place]
        for place in range(len(tokens))
    ]
    return _with_spaces(tokens, flow, free, groups, by_edge)


def _flow(token: Token, group: Group | None, tokens: list[Token]) -> str:
    """ "edge": white space beside it never shows. "silent": it writes nothing. "shown": everything else."""
    if token.kind == "note":
        return "silent"
    if token.kind in {"html", "whole"}:
        return "edge" if token.name in BLOCKS else "silent" if token.sets_a_name else "shown"
    if token.kind != "tag":
        return "shown"
    if token.name == "empty":
        return "silent" if group else "edge"
    if token.name == "block" and token.text.strip("{}% ").split()[-1] in _PAGE_BLOCKS:
        return "edge"
    if token.name == "endblock" and group and _flow(tokens[group.opening], None, tokens) == "edge":
        return "edge"
    if token.name in _BLOCK_TAGS:
        return "edge"
    return "silent" if token.name in _SILENT_TAGS or token.sets_a_name else "shown"


def _outside_of_blocks(tokens: list[Token], groups: dict[int, Group]) -> set[int]:
    """Gaps of a page that extends another, outside its blocks: nothing there is written at all."""
    if not any(token.name == "extends" for token in tokens):
        return set()
    inside = {
        place
        for group in groups.values()
        if tokens[group.opening].name == "block"
        for place in range(group.opening + 1, group.closing + 1)
    }
    return set(range(len(tokens))) - inside


def _is_wording(tokens: list[Token], place: int) -> bool:
    return tokens[place].kind in {"word", "plural", "closing"}


def _in_translation(tokens: list[Token], place: int) -> bool:
    """The words of a trimmed translation lose the white space at their edges."""
    return tokens[place].kind != "word" or tokens[place - 1].kind != "word"


def _settled(length: int, step: Callable[[list[bool]], list[bool]]) -> list[bool]:
    state = [True] * length
    while (following := step(state)) != state:
        state = following
    return state


def _forward(
    state: list[bool], tokens: list[Token], flow: list[str], groups: dict[int, Group], by_edge: dict[int, Group]
) -> list[bool]:
    """For each gap: does an edge stand before it, on every way here?"""
    result = [False]
    for place, token in enumerate(tokens[:-1]):
        if flow[place] != "silent":
            result.append(flow[place] == "edge")
            continue
        ways = [state[place]]
        if token.name == "for" and place in groups:
            ways.append(state[groups[place].edges[0]])
        elif (group := by_edge.get(place)) and tokens[group.opening].name in {"if", "for"}:
            ways = [state[group.opening]] if place != group.closing else _ways_out(state, tokens, group)
        result.append(all(ways))
    return result


def _ways_out(state: list[bool], tokens: list[Token], group: Group) -> list[bool]:
    ends = [state[edge] for edge in group.edges]
    return ends if _has_otherwise(tokens, group) else [*ends, state[group.opening]]


def _has_otherwise(tokens: list[Token], group: Group) -> bool:
    return any(tokens[header].name in {"else", "empty"} for header in group.headers)


def _backward(
    state: list[bool], tokens: list[Token], flow: list[str], groups: dict[int, Group], by_edge: dict[int, Group]
) -> list[bool]:
    """For each gap: does an edge stand behind it, on every way from here?"""
    result = [False] * len(tokens)
    for place, token in enumerate(tokens[:-1]):
        if flow[place] != "silent":
            result[place] = flow[place] == "edge"
            continue
        ways = [state[place + 1]]
        group = by_edge.get(place)
        if token.name in {"if", "for"} and place in groups:
            own = groups[place]
            ways += [state[header + 1] for header in own.headers]
            if not _has_otherwise(tokens, own):
                ways.append(state[own.closing + 1])
        elif group and tokens[group.opening].name in {"if", "for"}:
            ways = [state[group.closing + 1]]
            if tokens[group.opening].name == "for" and place == group.edges[0]:
                ways.append(state[group.opening + 1])
        result[place] = all(ways)
    return result


def _with_spaces(
    tokens: list[Token], flow: list[str], free: list[bool], groups: dict[int, Group], by_edge: dict[int, Group]
) -> list[Gap]:
    """White space that shows, and the gaps that only repeat it."""
    gaps: list[Gap] = []
    after_space: list[bool] = []  # before each gap: does white space that shows stand there, on every way?
    for place, token in enumerate(tokens):
        before = _after_space(place, tokens, flow, gaps, after_space, by_edge)
        after_space.append(before)
        if free[place] or (before and not _is_wording(tokens, place)):
            gaps.append(Gap.FREE)
        else:
            gaps.append(Gap.SPACE if token.spaced else Gap.GLUE)
    return gaps


def _after_space(
    place: int, tokens: list[Token], flow: list[str], gaps: list[Gap], after: list[bool], by_edge: dict[int, Group]
) -> bool:
    last = place - 1
    if place == 0 or flow[last] != "silent":
        return False

    def holds(gap: int) -> bool:
        return after[gap] or gaps[gap] is Gap.SPACE

    group = by_edge.get(last)
    if group and tokens[group.opening].name in {"if", "for"}:
        if last != group.closing:
            return holds(group.opening)
        ends = [holds(edge) for edge in group.edges]
        return all(ends) and (_has_otherwise(tokens, group) or holds(group.opening))
    if tokens[last].name == "for":
        return False  # the second time round, the end of the body stands before
    return holds(last)
