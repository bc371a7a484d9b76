"""Characters that have no place in a text are taken out and counted: nobody is misled by what cannot be seen."""

import re
import unicodedata

from mitstadt.methods.text.outline.model import Notice

LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029|\x0b")
# Each: code, what is taken out, what the person is told.
REMOVED = (
    (
        "direction_overrides",
        re.compile("[\u202a-\u202e\u2066-\u2069]"),
        "{count} invisible characters that turn the reading direction were removed: they can make a text look different"
        " from what it says.",
    ),
    (
        "control_characters",
        re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"),
        "{count} control characters were removed.",
    ),
    (
        "hidden_characters",
        re.compile("[\u200b\u2060-\u2064\ufeff\u180e\U000e0000-\U000e007f]"),
        "{count} invisible characters were removed.",
    ),
)
# Anything that is neither letter nor space may be a combining mark; real writing stacks up to four of them.
PERHAPS_STACKED = re.compile(r"[^\w\s\x00-\u02ff]{5,}")
STACK = 4
SOFT_HYPHEN_AT_LINE_END = re.compile("\u00ad[ \t]*\n[ \t]*")
ASCII_ONLY = re.compile(r"[\t\n\f\x20-\x7e]*")


def cleaned(text: str) -> tuple[str, list[Notice]]:
    """The text with ``\\n`` as its only line end, composed letters, and without invisible characters; and notices."""
    text = LINE_ENDS.sub("\n", text)
    if ASCII_ONLY.fullmatch(text):
        return text, []
    notices: list[Notice] = []
    for code, pattern, sentence in REMOVED:
        text, count = pattern.subn("", text)
        if count:
            notices.append(Notice(code, sentence.format(count=count), count))
    text, notices = _unstacked(text, notices)
    text = SOFT_HYPHEN_AT_LINE_END.sub("", text).replace("\u00ad", "")
    return unicodedata.normalize("NFC", text), notices


def _unstacked(text: str, notices: list[Notice]) -> tuple[str, list[Notice]]:
    removed = 0

    def shorten(found: re.Match[str]) -> str:
        nonlocal removed
        kept: list[str] = []
        height = 0
        for mark in found.group():
            height = height + 1 if unicodedata.combining(mark) else 0
            if height <= STACK:
                kept.append(mark)
        removed += len(found.group()) - len(kept)
        return "".join(kept)

    text = PERHAPS_STACKED.sub(shorten, text)
    if removed:
        notices = [*notices, Notice("stacked_marks", f"{removed} accents stacked on letters were removed.", removed)]
    return text, notices
