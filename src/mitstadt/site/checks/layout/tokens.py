"""A template as a row of pieces that are never broken inside, each knowing whether white space stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TEMPLATE = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}")
_COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|<!--.*?-->", re.DOTALL)
_WHOLE_ELEMENT = re.compile(r"<(pre|script|style|title)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_TYPED = re.compile(r".+?(?=</textarea)", re.DOTALL)  # what a text field holds counts to the last line break
_TRANSLATION = re.compile(
    r"(?P<open>{%\s*blocktrans(?:late)?\b[^%]*%})(?P<words>.*?)(?P<close>{%\s*endblocktrans(?:late)?\s*%})", re.DOTALL
)
_PLURAL = re.compile(r"({%\s*plural\s*%})")
_WORD = re.compile(r"(?:{{.*?}}|(?!{{)\S)+")
_TEXT = re.compile(r"[^\s{<]+|[{<]")
_TAG_NAME = re.compile(r"{%\s*(\w+)")
_ELEMENT_NAME = re.compile(r"</?([a-z][\w:-]*)|<!doctype", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Token:
    """`kind`: text, var, tag, note, html, whole (written as it stands), opening, word, plural, closing (of a trimmed
    translation). `spaced`: white space stands before it."""

    kind: str
    text: str
    spaced: bool
    name: str = ""

    @property
    def is_end(self) -> bool:
        """True for `</p>`."""
        return self.kind == "html" and self.text.startswith("</")

    @property
    def sets_a_name(self) -> bool:
        """True for `{% translate "…" as label %}`: it writes nothing."""
        if self.kind in {"opening", "whole"}:
            return bool(re.match(r"{%[^%]*\basvar\b", self.text))
        return self.kind == "tag" and bool(re.search(r"\sas\s+\w+\s*%}$", self.text))


def tokens_of(text: str) -> list[Token]:
    """All pieces in their order. Joined with their white space they are the template."""
    found: list[Token] = []
    place, spaced = 0, False
    while place < len(text):
        if found and found[-1].text.startswith("<textarea") and (typed := _TYPED.match(text, place)):
            found.append(Token("whole", typed[0], False))
            place = typed.end()
            continue
        space = _SPACE.match(text, place)
        if space:
            place, spaced = space.end(), True
            continue
        pieces, place = _pieces_at(text, place, spaced)
        found += pieces
        spaced = False
    return [*found, Token("end", "", spaced)]


def _pieces_at(text: str, place: int, spaced: bool) -> tuple[list[Token], int]:
    """The piece that begins here (of a translation: all of them), and where it ends."""
    if whole := _COMMENT.match(text, place) or _WHOLE_ELEMENT.match(text, place):
        kind = "note" if text[place] == "{" else "whole"
        return [Token(kind, whole[0], spaced, whole[1].lower() if whole.re is _WHOLE_ELEMENT else "")], whole.end()
    if translation := _TRANSLATION.match(text, place):
        return list(_translation(translation, spaced)), translation.end()
    if tag := _TEMPLATE.match(text, place):
        kind = {"{%": "tag", "{{": "var", "{#": "note"}[tag[0][:2]]
        name = _TAG_NAME.match(tag[0])
        return [Token(kind, tag[0], spaced, name[1] if name else "")], tag.end()
    if element := _ELEMENT_NAME.match(text, place):
        end = _end_of_element(text, place)
        return [Token("html", text[place:end], spaced, (element[1] or "!doctype").lower())], end
    end = place + len(_TEXT.findall(text, place)[0])
    return [Token("text", text[place:end], spaced)], end


def _translation(found: re.Match[str], spaced: bool) -> Iterator[Token]:
    """The words of a trimmed translation may be wrapped; one that is not trimmed stays as it is."""
    if not re.search(r"\btrimmed\b", found["open"]) or re.search(r"\S[ \t]{2,}\S", found["words"]):
        yield Token("whole", found[0], spaced)
        return
    yield Token("opening", found["open"], spaced, "blocktranslate")
    for part in _PLURAL.split(found["words"]):
        if _PLURAL.fullmatch(part):
            yield Token("plural", part, False)
            continue
        for number, word in enumerate(_WORD.findall(part)):
            yield Token("word", word, number > 0)
    yield Token("closing", found["close"], False, "blocktranslate")


def _end_of_element(text: str, place: int) -> int:
    quote = ""
    while place < len(text):
        inner = _TEMPLATE.match(text, place)
        if inner:
            place = inner.end()
            continue
        sign = text[place]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign == ">":
            return place + 1
        place += 1
    return place
