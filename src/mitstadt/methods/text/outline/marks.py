"""What a single line gives away: a list mark, a heading's number or form, a rule, a row of a table."""

import re
from dataclasses import dataclass

MONTH = (
    "januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
    "|january|february|march|may|june|july|october|december|jan|feb|mär|apr|jun|jul|aug|sep|sept|okt|oct|nov|dez|dec"
)
# Word writes its bullets as private characters of the fonts Symbol and Wingdings.
BULLET = re.compile(
    "([•‣⁃◦▪▫■□●○◆◇►▶▸→➔✓✔➢✗❖·*+\uf0b7\uf0a7\uf0d8\uf0fc\u2013\u2014-])(?:\\s+|(?<=[•▪■●\uf0b7\uf0a7])(?=\\w))"
)
LETTER_O = re.compile(r"(o)\s+")
ORDERED = re.compile(r"((\d{1,3}|[a-z]|[ivx]{1,5}|[A-Z]|[IVX]{1,5})[.)]|\((\d{1,3}|[a-z]|[ivx]{1,5})\))\s+(?=\S)")
DATE = re.compile(rf"\d{{1,2}}\.\s*(?:{MONTH}|\d{{1,2}}\.)", re.IGNORECASE)
RULE = re.compile(r"([=\-_*~#+.–—─━])(?:\s?\1){2,}$")
DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{1,3})+)[.:)]?\s+(?=\S)")
PLAIN_NUMBER = re.compile(r"(\d{1,3}):?\s+(?=[^\W\d_])")
SECTION_SIGN = re.compile(r"(?:§+\s*|(?:Artikel|Article|Art\.)\s+)\d{1,4}\s?[a-z]?\b")
LABEL = re.compile(r"([^\W\d_]{3,20})\s+(\d{1,3}|[IVX]{1,5}|[A-Z])(?:\s*[:.–—-]\s+\S.*|\s*[:.]?$)")
PARTS = {"teil", "part", "buch", "book", "band", "volume"}
AGENDA = {"top", "tagesordnungspunkt"}
CHAPTERS = {"kapitel", "chapter", "abschnitt", "section", "hauptstück"}
SENTENCE_END = re.compile(r"[.!?…。۔।؟！？]['\"“”«»‘’)\]]*$")
SENTENCE_INSIDE = re.compile(r"[^\W\d_]{4,}[.!?]\s+\S")
CONTACT = re.compile(r"@|https?://|www\.|\bTel\b|\bFax\b|\+\d{2}|\b\d{5}\s+[A-ZÄÖÜ]")
YEAR_DATE = re.compile(rf"\b\d{{1,2}}\.\s*(?:{MONTH}|\d{{1,2}}\.)\s*\d{{2,4}}", re.IGNORECASE)
# How letters begin and end.
LETTER = re.compile(
    r"(?:sehr geehrte|liebe[rs]? (?:frau|herr|leser|bürger|einwohner|nachbar|eltern)|guten tag|hallo"
    r"|mit (?:freundlichen|besten|herzlichen)|(?:viele|beste|herzliche|freundliche) grüße|hochachtungsvoll|dear "
    r"|(?:kind|best) regards|yours |sincerely|i\. ?a\. |gez\. )",
    re.IGNORECASE,
)
OPENING = '„“"‚»«¿¡([‘'
LONGEST_RULE = 300
LONGEST_MARK = 7
POINT_INSIDE = re.compile(r"[;,]\s+(\(?\w{1,4}[.)])(?=\s)")
LONGEST_HEADING = 110
MOST_WORDS = 14


@dataclass(frozen=True, slots=True)
class Marker:
    """The mark before a list item: as written, its family, its place in order (0: a bullet), and its width."""

    written: str
    family: str
    order: int
    width: int


def list_marker(text: str) -> Marker | None:
    """The list mark that a line begins with, if any; a date is none."""
    bullet = BULLET.match(text)
    if bullet and bullet.end() < len(text):
        return Marker(bullet.group(1), bullet.group(1), 0, bullet.end())
    ordered = ORDERED.match(text)
    if not ordered or DATE.match(text):
        return None
    written, number = ordered.group(1), ordered.group(2) or ordered.group(3)
    family = _family(number) + ("()" if written[0] == "(" else written[-1])
    return Marker(written, family, _order(number), ordered.end())


def is_mark(text: str) -> bool:
    """Whether a line is a list mark and nothing else."""
    marker = list_marker(f"{text} x") if len(text) <= LONGEST_MARK else None
    return marker is not None and marker.width == len(text) + 1


def last_of_line(text: str, marker: Marker) -> int:
    """How far a list has counted at the end of a line; a line may hold several of its points."""
    order = marker.order
    for found in POINT_INSIDE.finditer(text):
        inside = list_marker(f"{found.group(1)} x")
        if inside and inside.family == marker.family and inside.order == order + 1:
            order += 1
    return order


def _family(number: str) -> str:
    if number.isdigit():
        return "1"
    roman = set(number.lower()) <= set("ivx")
    letter = "i" if roman else "a"
    return letter if number.islower() else letter.upper()


def _order(number: str) -> int:
    if number.isdigit():
        return int(number)
    if _family(number) in "iI":
        values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in number.lower()]
        return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return ord(number.lower()) - ord("a") + 1


def is_rule(text: str) -> bool:
    """Whether a line only draws a line."""
    return len(text) <= LONGEST_RULE and bool(RULE.match(text))


def ends_sentence(text: str) -> bool:
    """Whether the last sign closes a sentence, also before a closing quotation mark."""
    return bool(SENTENCE_END.search(text[-6:]))


def could_be_heading(text: str) -> bool:
    """Whether the words alone allow a heading: short, beginning upper case, no sentence, no address, no date."""
    if SECTION_SIGN.fullmatch(text):
        return True
    if len(text) > LONGEST_HEADING or len(text.split()) > MOST_WORDS or "\n" in text:
        return False
    start = text.lstrip(OPENING)[:1]
    # Scripts without capital letters (Arabic, Hebrew, Chinese …) cannot show a beginning.
    caseless = start.isalpha() and start.lower() == start.upper()
    if not (start.isupper() or start.isdigit() or start == "§" or caseless):
        return False
    if text[-1] in ".,;!…-–،؛。۔।！、，；" or CONTACT.search(text):
        return False
    if SENTENCE_INSIDE.search(text) or YEAR_DATE.search(text) or LETTER.match(text):
        return False
    return sum(map(str.isalpha, text)) >= max(2, len(text) // 3)


def heading_style(text: str) -> str:
    """How a line that could be a heading looks: its numbering or form, ``"plain"`` when nothing stands out.

    ``"decimal1"`` is ``1 Ziele``, ``"decimal2"`` is ``1.2 Ziele``; ``"sign"`` is ``§ 3``; ``"part"``, ``"chapter"``
    and ``"label:…"`` are words with a number; ``"caps"`` is written in capitals.
    """
    if SECTION_SIGN.match(text):
        return "sign"
    decimal = DECIMAL.match(text)
    if decimal and not DATE.match(text):
        return f"decimal{decimal.group(1).count('.') + 1}"
    if PLAIN_NUMBER.match(text):
        return "decimal1"
    label = LABEL.match(text)
    if label:
        word = label.group(1).lower()
        word = "top" if word in AGENDA else word
        return "part" if word in PARTS else "chapter" if word in CHAPTERS else f"label:{word}"
    return "caps" if _in_capitals(text) else "plain"


def _in_capitals(text: str) -> bool:
    letters = [letter for letter in text.replace("ß", "") if letter.isalpha()]
    return len(letters) >= 4 and all(map(str.isupper, letters))
