"""Signs that mean more than their letter: raised numbers, and pictures of symbol fonts."""

import re

RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
CAN_BE_RAISED = re.compile(r"[0-9+\-=()]+|[ni]")
RAISED_NUMBER = re.compile("[⁰¹²³⁴-⁹]")
SENTENCE_NUMBER = re.compile(r"(?<=[.!?;:])(?=[⁰¹²³⁴-⁹]+[^\W\d])")
UNKNOWN = "□"
WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x76: "❖",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "☐",
    0xB7: "•",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    0x28: "☎",
    0x2A: "✉",
    0x46: "☞",
    0x4A: "☺",
    0x4C: "☹",
}
SYMBOL = {
    **{0x61 + n: sign for n, sign in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")},
    **{0x41 + n: sign for n, sign in enumerate("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")},
    0xA3: "≤",
    0xB3: "≥",
    0xB1: "±",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xAE: "→",
    0xAC: "←",
    0xB0: "°",
    0xA5: "∞",
    0xE5: "∑",
    0xD6: "√",
    0xDE: "⇒",
    0xDB: "⇔",
    0x2D: "−",
    0xA7: "♣",
    0xBC: "…",
}


def raised(words: str) -> str:
    """Raised digits as raised signs (``m²``); other raised words stay as they are."""
    bare = words.strip()
    return words.translate(RAISED) if CAN_BE_RAISED.fullmatch(bare) else words


def sentences_apart(text: str) -> str:
    """A blank before the raised number of a sentence, so that it does not stick to the sentence before."""
    return SENTENCE_NUMBER.sub(" ", text) if RAISED_NUMBER.search(text) else text


def symbol(font: str, code: str) -> str:
    """A sign of a symbol font as an ordinary one; an empty square where its picture is not known."""
    try:
        point = int(code, 16)
    except ValueError:
        return UNKNOWN
    if not 0xF000 <= point <= 0xF0FF and point > 0xFF:
        return chr(point) if point < 0xD800 else UNKNOWN
    table = SYMBOL if font.lower() == "symbol" else WINGDINGS if font.lower() == "wingdings" else {}
    return table.get(point & 0xFF, UNKNOWN)
