"""What encloses what: elements and template blocks, with the headers between their parts (`else`, `elif`, `empty`)."""

from __future__ import annotations

from dataclasses import dataclass, field

from .tokens import Token

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "!doctype"}
)
_HEADERS = {"else": ("if", "ifchanged"), "elif": ("if",), "empty": ("for",)}


@dataclass
class Group:
    """From the opening piece to the closing one, by their places in the row."""

    opening: int
    headers: list[int] = field(default_factory=list)
    closing: int = -1

    @property
    def edges(self) -> list[int]:
        """Where its parts end: headers, then the closing piece."""
        return [*self.headers, self.closing]


def groups_of(tokens: list[Token]) -> dict[int, Group]:
    """Groups by the place of their opening piece. An element that is not closed in its own block makes none."""
    closed = {
        token.name.removeprefix("end") for token in tokens if token.kind == "tag" and token.name.startswith("end")
    }
    found: dict[int, Group] = {}
    stack: list[Group] = []
    for place, token in enumerate(tokens):
        if _is_header(tokens, stack, token):
            stack[-1].headers.append(place)
        elif _opens(token, closed):
            stack.append(Group(place))
        elif group := _closed_by(tokens, stack, token):
            group.closing = place
            found[group.opening] = group
    return found


def _opens(token: Token, closed: set[str]) -> bool:
    if token.kind == "html":
        return not token.is_end and token.name not in VOID and not token.text.endswith("/>")
    return token.kind == "opening" or (token.kind == "tag" and token.name in closed and not _is_bare_empty(token))


def _is_bare_empty(token: Token) -> bool:
    return token.name == "empty" and len(token.text.strip("{}% ").split()) == 1


def _is_header(tokens: list[Token], stack: list[Group], token: Token) -> bool:
    if token.kind == "plural":
        return True
    if token.kind != "tag" or token.name not in _HEADERS or (token.name == "empty" and not _is_bare_empty(token)):
        return False
    _drop_open_elements(tokens, stack)
    return bool(stack) and tokens[stack[-1].opening].name in _HEADERS[token.name]


def _closed_by(tokens: list[Token], stack: list[Group], token: Token) -> Group | None:
    if token.is_end:
        fits = bool(stack) and tokens[stack[-1].opening].kind == "html" and tokens[stack[-1].opening].name == token.name
        return stack.pop() if fits else None
    if token.kind == "closing" or (token.kind == "tag" and token.name.startswith("end")):
        _drop_open_elements(tokens, stack)
        return stack.pop() if stack else None
    return None


def _drop_open_elements(tokens: list[Token], stack: list[Group]) -> None:
    while stack and tokens[stack[-1].opening].kind == "html":
        stack.pop()
