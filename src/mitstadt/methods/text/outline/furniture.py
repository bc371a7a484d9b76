"""Page furniture: what a web page or a printed page puts around a text, offered for removal, never removed unasked."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mitstadt.methods.text.outline.lines import Line
from mitstadt.methods.text.outline.marks import is_mark
from mitstadt.methods.text.outline.model import Block

# Unmistakable wherever it stands.
ANYWHERE = {
    "skip_link": r"(?:direkt |weiter )?(?:zum|zur|zu den)"
    r" (?:haupt)?(?:inhalt|navigation|menü|suche|fußzeile|seitenanfang)(?: (?:springen|wechseln|gehen))?"
    r"|(?:skip|jump|go) to (?:the )?(?:main )?(?:content|navigation|menu|search|footer)"
    r"|(?:zurück )?nach oben(?: springen)?|back to (?:the )?top|(?:↑|\^) ?(?:top|nach oben)",
    "page_number": r"(?:[-–—] ?)?(?:seite|page|s\.|p\.) ?\d{1,4}(?: ?(?:von|of|/) ?\d{1,4})?(?: ?[-–—])?"
    r"|[-–—] ?\d{1,4} ?[-–—]",
    "breadcrumb": r"(?:sie sind hier|you are here|pfad)\s?:.{0,200}"
    r"|(?:start(?:seite)?|home)(?: ?[>›»/|→] ?[^>›»/|→]{1,60}){1,8}",
    "cookies": r"(?=.{0,200}\bcookies?\b)(?=.{0,300}\b(?:akzeptieren|zustimmen|einstellungen|ablehnen|accept|agree"
    r"|settings|(?:diese|unsere|this|our) (?:web|inter)?(?:seite|site|netz)\w*|verwendet|nutzt|uses?)\b).{1,400}",
    "share": r"(?:(?:auf|über|bei|on|via|per) (?:facebook|twitter|x|linkedin|whatsapp|e-?mail|mastodon|telegram)"
    r"(?: (?:teilen|share))?|share (?:this|on|via).{0,40}|print this page|(?:teilen|share)\s?:.{0,80}"
    r"|(?:seite|artikel|beitrag|diese seite) (?:teilen|drucken|empfehlen))",
}
# Ordinary words: only where nothing but furniture lies between them and the beginning or the end of the text.
AT_THE_EDGE = {
    "comments": r"(?:\d{1,5} |keine |no )?(?:kommentare?|comments?|diskussion"
    r"|kommentar (?:schreiben|verfassen|hinzufügen|abgeben)|(?:leave|add|write) a (?:comment|reply))"
    r"(?: ?[\(\[:]? ?\d{1,5} ?[\)\]]?)?",
    "share": r"teilen|share|drucken|print|tweet|twittern|weiterempfehlen|merken|vorlesen|pdf|download|herunterladen"
    r"|feedback",
    "navigation": r"menü|menu|navigation|hauptmenü|suche|suchen|search|startseite|home|zurück|back|weiter|next"
    r"|mehr(?: erfahren)?|read more|weiterlesen|(?:vorherige|nächste)r? (?:seite|beitrag|artikel)"
    r"|(?:previous|next) (?:page|post|article)|login|log in|anmelden|abmelden|registrieren|sign in|sign up|register"
    r"|mein konto|my account|leichte sprache|gebärdensprache|deutsch|english|de|en|sitemap|inhaltsübersicht"
    r"|newsletter(?: abonnieren)?|rss(?:-feed)?|schließen|close|facebook|twitter|instagram|youtube|linkedin|mastodon"
    r"|schlagwörter|tags",
    "legal": r"impressum|datenschutz(?:erklärung|hinweise?)?|(?:erklärung zur )?barrierefreiheit|kontakt"
    r"|nutzungsbedingungen|agb|imprint|legal notice|privacy(?: policy)?|terms(?: of (?:use|service))?|accessibility"
    r"|contact|(?:©|\(c\)|copyright).{1,120}|.{0,80}alle rechte vorbehalten\.?|.{0,80}all rights reserved\.?",
}
# An entry of a table of contents: words, leaders, page number.
CONTENTS_ENTRY = re.compile(r".{2,120}?(?:\s?\.{3,}|(?:\s?\. ){3,}|\s?…{1,})\s*\d{1,4}$")
CONTENTS_HEAD = re.compile(r"(?:inhalt(?:sverzeichnis|sübersicht)?|(?:table of )?contents)\s?:?", re.IGNORECASE)
SEPARATED = re.compile(r"\s+[|·•]\s+")
PAGE_AT_END = re.compile(r"[\s.…]+\d{1,4}$")
LONGEST = 400


def _compiled(patterns: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {reason: re.compile(pattern, re.IGNORECASE | re.DOTALL) for reason, pattern in patterns.items()}


_ANYWHERE, _AT_THE_EDGE = _compiled(ANYWHERE), _compiled(AT_THE_EDGE)
PAGE_NUMBER = _ANYWHERE["page_number"]


def _matching(patterns: dict[str, re.Pattern[str]], text: str) -> str:
    if len(text) > LONGEST:
        return ""
    words = text.strip(" |·•›»")
    whole = next((reason for reason, pattern in patterns.items() if pattern.fullmatch(words)), "")
    parts = SEPARATED.split(words)
    if whole or len(parts) == 1:
        return whole
    reasons = [_matching(patterns, part) for part in parts]
    return reasons[0] if all(reasons) else ""


def furniture_reason(text: str) -> str:
    """Why a line could be page furniture, by its words alone; empty when it could not."""
    return _matching(_ANYWHERE, text) or _matching(_AT_THE_EDGE, text)


def furnished(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with page furniture marked and its reason named; their order and words stay."""
    marked = [_as_furniture(block, _matching(_ANYWHERE, block.text)) for block in blocks]
    for order in (range(len(marked)), range(len(marked) - 1, -1, -1)):
        for position in order:
            block = marked[position]
            reason = _matching(_AT_THE_EDGE, block.text)
            if block.kind != "furniture" and not reason:
                break
            marked[position] = _as_furniture(block, reason)
    return marked if any(block.kind != "furniture" for block in marked) else list(blocks)


def _as_furniture(block: Block, reason: str) -> Block:
    if not reason or block.kind == "furniture":
        return block
    return replace(block, kind="furniture", style="", reason=reason)


def page_lines(lines: Sequence[Line]) -> dict[int, str]:
    """Line numbers of page numbers, tables of contents, running headers and footers, with the reason.

    A bare number counts where it continues the count of pages. A running line repeats beside page numbers or the
    beginnings of pages; a heading that repeats elsewhere is left alone.
    """
    found = {n: "page_number" for n, line in enumerate(lines) if line.text and PAGE_NUMBER.fullmatch(line.text.lower())}
    found |= _bare_numbers(lines)
    found |= _contents_lines(lines)
    beside = [near for n, why in found.items() if why == "page_number" for near in _neighbours(lines, n)]
    starts = [n for n, line in enumerate(lines) if line.page_start]
    beside += [near for start in starts for near in _around_page_start(lines, start)]
    # A mark alone on its line is the number of a paragraph, set in the margin.
    beside = [n for n in beside if not is_mark(lines[n].text)]
    repeated = Counter(lines[n].text for n in set(beside) - set(found))
    pages = max(len(starts), sum(why == "page_number" for why in found.values()))
    for n in set(beside) - set(found):
        if repeated[lines[n].text] >= max(2, pages // 2) and len(lines[n].text) <= 120:
            found[n] = "running_header"
    return found


def _contents_lines(lines: Sequence[Line]) -> dict[int, str]:
    """A table of contents: entries with leaders and page numbers, or lines below "Inhalt" that return as headings."""
    entries = {n for n, line in enumerate(lines) if line.text and CONTENTS_ENTRY.fullmatch(line.text)}
    entries = entries if len(entries) >= 2 else set()
    last = {line.text: n for n, line in enumerate(lines)}
    for n, line in enumerate(lines):
        if not CONTENTS_HEAD.fullmatch(line.text):
            continue
        below = _returning_below(lines, n, last, entries)
        entries |= below | ({n} if below else set())
    return dict.fromkeys(entries, "table_of_contents")


def _returning_below(lines: Sequence[Line], head: int, last: dict[str, int], entries: set[int]) -> set[int]:
    below: set[int] = set()
    seen: set[str] = set()
    for n in range(head + 1, len(lines)):
        words = PAGE_AT_END.sub("", lines[n].text)
        if n in entries or (words and words not in seen and last.get(words, 0) > n):
            below.add(n)
            seen.add(words)
        elif words:
            break
    return below if len(below) >= 2 else set()


def _bare_numbers(lines: Sequence[Line]) -> dict[int, str]:
    """Numbers alone on their lines that count up by one: three between blank lines, or two beside the same line."""
    candidates = [n for n, line in enumerate(lines) if re.fullmatch(r"\d{1,4}", line.text, re.ASCII)]
    values = [int(lines[n].text) for n in candidates]
    if any(later != value + 1 for value, later in pairwise(values)):
        return {}
    alone = all(not lines[near].text for n in candidates for near in (n - 1, n + 1) if 0 <= near < len(lines))
    before = {lines[n - 1].text for n in candidates if n}
    after = {lines[n + 1].text for n in candidates if n + 1 < len(lines)}
    beside = (len(before) == 1 and "" not in before) or (len(after) == 1 and "" not in after)
    counting = (alone and len(candidates) >= 3) or (beside and len(candidates) >= 2)
    return dict.fromkeys(candidates, "page_number") if counting else {}


def _neighbours(lines: Sequence[Line], n: int) -> list[int]:
    near = []
    for step in (-1, 1):
        other = n + step
        while 0 <= other < len(lines) and not lines[other].text and abs(other - n) <= 3:
            other += step
        if 0 <= other < len(lines) and lines[other].text:
            near.append(other)
    return near


def _around_page_start(lines: Sequence[Line], start: int) -> list[int]:
    own = [start] if lines[start].text else []
    return own + _neighbours(lines, start)
