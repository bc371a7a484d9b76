"""Signs that have no place in a text are taken out and counted: nobody is misled by what cannot be seen.

What scripts and pictures need stays: the joiners of Persian, Indic scripts and emoji, marks of direction beside
letters that run from right to left, the signs with which flags and keycaps are made.
"""

import re
import unicodedata
from dataclasses import dataclass

LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029|\x0b")
# Letters that run from right to left, and scripts whose spelling uses the joiners.
RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
JOINED = f"{RIGHT_TO_LEFT}\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1a00-\u1aff\ua840-\ua8ff\U00011000-\U000114df"
PICTURES = "\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff"
FLAG_TAGS = re.compile("(?<=\U0001f3f4)[\U000e0020-\U000e007e]{1,8}\U000e007f")
# Each: code, what is taken out, what the person is told.
REMOVED = (
    (
        "direction_overrides",
        re.compile("[\u202a-\u202e\u2066-\u2069\u206a-\u206f]"),
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
        re.compile(
            "[\u200b\u2060-\u2064\ufeff\u180e\u034f\u3164\uffa0\u17b4\u17b5\U000e0000-\U000e007f]"
            f"|(?<![{JOINED}{PICTURES}])[\u200c\u200d]+|\u200d+(?=[A-Za-z0-9\\s]|$)|(?<=[A-Za-z])[\ufe00-\ufe0f]"
        ),
        "{count} invisible characters were removed.",
    ),
)
DIRECTION_MARKS = re.compile("[\u200e\u200f\u061c]")
HAS_RIGHT_TO_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]")
# Anything that is neither letter nor space may be a combining mark; real writing stacks up to four of them.
PERHAPS_STACKED = re.compile(r"[^\w\s\x00-\u02ff]{5,}")
STACK = 4
SOFT_HYPHEN_AT_LINE_END = re.compile("\u00ad[ \t]*\n[ \t]*")
ASCII_ONLY = re.compile(r"[\t\n\f\x20-\x7e]*")
# Without any of these there is nothing to look for.
SUSPECT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u061c\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u06ed"
    "\u0730-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u2cef-\u2cf1\u2de0-\u2dff"
    "\u302a-\u302f\u3099\u309a\u3164\ua66f-\ua8ff\uaab0-\uabff\ud800-\udfff\ufb1e\ufe00-\ufe2f\ufeff\uffa0\ufff9-\uffff\U00010000-\U0010ffff]"
)
# Nothing is drawn for these, though their category says otherwise.
BLANK = frozenset("\u2800\u3164\uffa0\u115f\u1160")
KEPT_FLAG = "\uf8f0"


@dataclass(frozen=True, slots=True)
class Removed:
    """One kind of sign that was taken out, and how often."""

    code: str
    sentence: str
    count: int


def cleaned(text: str) -> tuple[str, list[Removed]]:
    """The text with ``\\n`` as its only line end, composed letters, and without invisible signs; and what was removed.

    Cleaning a clean text changes nothing.
    """
    text = LINE_ENDS.sub("\n", text)
    if ASCII_ONLY.fullmatch(text):
        return text, []
    if not SUSPECT.search(text):
        return unicodedata.normalize("NFC", text), []
    removed: list[Removed] = []
    text, flags = _flags_apart(unicodedata.normalize("NFC", text))
    for code, pattern, sentence in REMOVED:
        text, count = pattern.subn("", text)
        if code == "hidden_characters" and not HAS_RIGHT_TO_LEFT.search(text):
            text, marks = DIRECTION_MARKS.subn("", text)
            count += marks
        if count:
            removed.append(Removed(code, sentence.format(count=count), count))
    text, removed = _unstacked(text, removed)
    text = SOFT_HYPHEN_AT_LINE_END.sub("", text).replace("\u00ad", "")
    for flag in flags:
        text = text.replace(KEPT_FLAG, flag, 1)
    return unicodedata.normalize("NFC", text), removed


def is_visible(text: str) -> bool:
    """Whether there is anything to see: a letter, a number, a picture or another drawn sign."""
    return any(unicodedata.category(sign)[0] in "LNPS" and sign not in BLANK for sign in text)


def _flags_apart(text: str) -> tuple[str, list[str]]:
    """The tags of flags such as Scotland's put aside, so that tags elsewhere can go."""
    if "\U0001f3f4" not in text:
        return text, []
    text = text.replace(KEPT_FLAG, "")
    return FLAG_TAGS.sub(KEPT_FLAG, text), FLAG_TAGS.findall(text)


def _unstacked(text: str, removed: list[Removed]) -> tuple[str, list[Removed]]:
    taken = 0

    def shorten(found: re.Match[str]) -> str:
        nonlocal taken
        kept: list[str] = []
        height = 0
        for mark in found.group():
            height = height + 1 if unicodedata.combining(mark) else 0
            if height <= STACK:
                kept.append(mark)
        taken += len(found.group()) - len(kept)
        return "".join(kept)

    text = PERHAPS_STACKED.sub(shorten, text)
    if taken:
        removed = [*removed, Removed("stacked_marks", f"{taken} accents stacked on letters were removed.", taken)]
    return text, removed
