"""Small word lists, German and English, for what headings call themselves at the beginning and the end of texts."""

import re

INTRODUCING = re.compile(
    r"(?:einleitung|einführung|einstieg|vorwort|grußwort|geleitwort|präambel|überblick|zusammenfassung|kurzfassung"
    r"|vorbemerkung|anlass|introduction|foreword|preface|preamble|overview|summary|executive summary|abstract)\b",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"(?:ausblick|fazit|schluss\w*|nachwort|anhang|anhänge|anlagen?|literatur\w*|quellen\w*|glossar|danksagung|impressum"
    r"|kontakt|wie (?:es|geht es) weiter\w*|nächste schritte|conclusions?|outlook|annex\w*|appendix|appendices"
    r"|references|bibliography|glossary|acknowledge?ments|next steps|contact)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"\w+")


def is_introducing(text: str) -> bool:
    """Whether a heading introduces the parts that follow beside it."""
    return bool(INTRODUCING.match(text))


def is_closing(text: str) -> bool:
    """Whether a heading closes the whole text rather than the part before it."""
    return bool(CLOSING.match(text))


def is_opening_or_closing(text: str) -> bool:
    """Whether a line is nothing but the usual name of a first or last section."""
    return bool(INTRODUCING.fullmatch(text) or CLOSING.fullmatch(text))


def normal(text: str) -> str:
    """The words of a text in lower case, for comparing headings and announcements."""
    return " ".join(WORD.findall(text.casefold()))
