"""Page furniture: what a web page or a printed page puts around a text, offered for removal, never removed unasked."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from mitstadt.methods.text.outline.lines import Line
from mitstadt.methods.text.outline.model import Block

# Unmistakable wherever it stands.
ANYWHERE = {
    "skip_link": r"(?:direkt |weiter )?(?:zum|zur|zu den) (?:haupt)?(?:inhalt|navigation|menü|suche|fußzeile|seitenanfang)"
    r"(?: (?:springen|wechseln|gehen))?|(?:direkt )?zum (?:haupt)?inhalt|(?:skip|jump|go) to (?:the )?(?:main )?"
    r"(?:content|navigation|menu|search|footer)|(?:zurück )?nach oben(?: springen)?|back to (?:the )?top|(?:↑|\^) ?(?:top|nach oben)",
    "page_number": r"(?:[-–—] ?)?(?:seite|page|s\.|p\.) ?\d{1,4}(?: ?(?:von|of|/) ?\d{1,4})?(?: ?[-–—])?|[-–—] ?\d{1,4} ?[-–—]",
    "breadcrumb": r"(?:sie sind hier|you are here|pfad)\s?:.{0,200}|(?:start(?:seite)?|home)(?: ?[>›»/|→] ?[^>›»/|→]{1,60}){1,8}",
    "cookies": r"(?=.{0,200}\bcookies?\b)(?=.{0,300}\b(?:akzeptieren|zustimmen|einstellungen|ablehnen|accept|agree|settings|"
    r"(?:diese|unsere|this|our) (?:web|inter)?(?:seite|site|netz)\w*|verwendet|nutzt|uses?)\b).{1,400}",
    "share": r"(?:(?:auf|über|bei|on|via|per) (?:facebook|twitter|x|linkedin|whatsapp|e-?mail|mastodon|telegram)"
    r"(?: (?:teilen|share))?|share (?:this|on|via).{0,40}|(?:seite|artikel|beitrag|diese seite) (?:teilen|drucken|empfehlen)"
    r"|(?:teilen|share)\s?:.{0,80}|print this page)",
}
# Ordinary words: only where nothing but furniture lies between them and the beginning or the end of the text.
AT_THE_EDGE = {
    "comments": r"(?:\d{1,5} |keine |no )?(?:kommentare?|comments?|kommentar (?:schreiben|verfassen|hinzufügen|abgeben)|"
    r"(?:leave|add|write) a (?:comment|reply)|diskussion)(?: ?[\(\[:]? ?\d{1,5} ?[\)\]]?)?",
    "share": r"teilen|share|drucken|print|tweet|twittern|weiterempfehlen|merken|vorlesen|pdf|download|herunterladen|feedback",
    "navigation": r"menü|menu|navigation|hauptmenü|suche|suchen|search|startseite|home|zurück|back|weiter|next|mehr(?: erfahren)?"
    r"|read more|weiterlesen|(?:vorherige|nächste)r? (?:seite|beitrag|artikel)|(?:previous|next) (?:page|post|article)"
    r"|login|log in|anmelden|abmelden|registrieren|sign in|sign up|register|mein konto|my account|leichte sprache"
    r"|gebärdensprache|deutsch|english|de|en|sitemap|inhaltsübersicht|newsletter(?: abonnieren)?|rss(?:-feed)?"
    r"|schließen|close|facebook|twitter|instagram|youtube|linkedin|mastodon|schlagwörter|tags",
    "legal": r"impressum|datenschutz(?:erklärung|hinweise?)?|barrierefreiheit|erklärung zur barrierefreiheit|kontakt"
    r"|nutzungsbedingungen|agb|imprint|legal notice|privacy(?: policy)?|terms(?: of (?:use|service))?|accessibility|contact"
    r"|(?:©|\(c\)|copyright).{1,120}|.{0,80}alle rechte vorbehalten\.?|.{0,80}all rights reserved\.?",
}
# An entry of a table of contents: words, leaders, page number.
CONTENTS_ENTRY = re.compile(r".{2,120}?(?:\s?\.{3,}|(?:\s?\. ){3,}|\s?…{1,}|\t+)\s*\d{1,4}$")
CONTENTS_HEAD = re.compile(r"(?:inhalt(?:sverzeichnis|sübersicht)?|(?:table of )?contents)\s?:?", re.IGNORECASE)
LONGEST = 400
SHORTEST_BODY = 60


def _compiled(patterns: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {reason: re.compile(pattern, re.IGNORECASE | re.DOTALL) for reason, pattern in patterns.items()}


_ANYWHERE, _AT_THE_EDGE = _compiled(ANYWHERE), _compiled(AT_THE_EDGE)
PAGE_NUMBER = _ANYWHERE["page_number"]


def _matching(patterns: dict[str, re.Pattern[str]], text: str) -> str:
    if len(text) > LONGEST:
        return ""
    words = text.strip(" |·•›»")
    return next((reason for reason, pattern in patterns.items() if pattern.fullmatch(words)), "")


def furnished(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with page furniture marked and its reason named; their order and words stay."""
    marked = [_as_furniture(block, _matching(_ANYWHERE, block.text)) for block in blocks]
    marked = _without_contents(marked)
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


def _without_contents(blocks: Sequence[Block]) -> list[Block]:
    """A table of contents is furniture: entries with leaders and page numbers, and the heading above them."""
    result = list(blocks)
    for position, block in enumerate(blocks):
        rows = block.text.split("\n")
        if len(block.text) < 2_000 and all(CONTENTS_ENTRY.fullmatch(row) for row in rows):
            result[position] = _as_furniture(block, "table_of_contents")
            before = blocks[position - 1] if position else None
            if before and CONTENTS_HEAD.fullmatch(before.text):
                result[position - 1] = _as_furniture(before, "table_of_contents")
    return result


def page_lines(lines: Sequence[Line]) -> dict[int, str]:
    """Line numbers of page numbers and of running headers and footers, with the reason.

    A bare number counts where it continues the count of pages. A running line repeats beside page numbers or the
    beginnings of pages; a heading that repeats elsewhere is left alone.
    """
    found = {n: "page_number" for n, line in enumerate(lines) if line.text and PAGE_NUMBER.fullmatch(line.text.lower())}
    found |= _bare_numbers(lines)
    beside = [near for n in found for near in _neighbours(lines, n)]
    starts = [n for n, line in enumerate(lines) if line.page_start]
    beside += [near for start in starts for near in _around_page_start(lines, start)]
    repeated = Counter(lines[n].text for n in set(beside) - set(found))
    pages = max(len(starts), len(found))
    for n in set(beside) - set(found):
        if repeated[lines[n].text] >= max(2, pages // 2) and len(lines[n].text) <= 120:
            found[n] = "running_header"
    return found


def _bare_numbers(lines: Sequence[Line]) -> dict[int, str]:
    """Numbers alone between blank lines or beside a form feed that count up by one, at least three of them."""
    candidates = []
    for n, line in enumerate(lines):
        alone = (n == 0 or not lines[n - 1].text) and (n + 1 == len(lines) or not lines[n + 1].text)
        if line.text.isascii() and line.text.isdigit() and len(line.text) <= 4 and alone:
            candidates.append((n, int(line.text)))
    counting = len(candidates) >= 3 and all(
        later == value + 1 for (_, value), (_, later) in zip(candidates, candidates[1:], strict=False)
    )
    return {n: "page_number" for n, _ in candidates} if counting else {}


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
