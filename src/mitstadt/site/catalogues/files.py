"""Catalogue files: read, made new, written so that a change of words changes the lines of these words alone."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable
from pathlib import Path

import django
import polib

from mitstadt.site.catalogues.extraction import Key, Message

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
_WIDTH = 120
_ONE_AND_MANY = "nplurals=2; plural=(n != 1);"


def read(path: Path, language: str) -> polib.POFile:
    """The catalogue in a file, or an empty one where there is none yet."""
    if path.exists():
        return polib.pofile(str(path), wrapwidth=_WIDTH)
    fresh = polib.POFile(wrapwidth=_WIDTH)
    fresh.metadata = {
        "Project-Id-Version": "Mitstadt",
        "Language": language,
        "Plural-Forms": _plural_forms(language),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return fresh


def write(path: Path, catalogue: polib.POFile, entries: Iterable[polib.POEntry]) -> None:
    """Write these entries under the head of the catalogue, sorted by their German."""
    catalogue[:] = sorted(entries, key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def entry_of(message: Message, language: str, known: polib.POEntry | None) -> polib.POEntry:
    """A message as it stands in the code, with the translation that is known."""
    entry = polib.POEntry(
        msgid=message.german,
        msgid_plural=message.plural,
        msgctxt=message.context or None,
        # Files without lines: a line added above would change every catalogue.
        occurrences=[(file, "") for file in sorted(message.files)],
        flags=["python-format"] if _PLACEHOLDER.search(message.german + message.plural) else [],
        comment=known.comment if known else "",
        tcomment=known.tcomment if known else "",
    )
    translate(entry, translations(known) if known else [], forms=plural_count(language))
    return entry


def translate(entry: polib.POEntry, words: list[str], *, forms: int) -> None:
    """Give an entry its words; what was said once is said for each number, what has no plural takes the first."""
    if entry.msgid_plural:
        said = words * forms if len(words) == 1 else words
        entry.msgstr_plural = {number: said[number] if number < len(said) else "" for number in range(forms)}
    else:
        entry.msgstr = words[0] if words else ""


def key_of(entry: polib.POEntry) -> Key:
    """What gettext finds an entry by."""
    return (entry.msgctxt or "", entry.msgid)


def translations(entry: polib.POEntry) -> list[str]:
    """The words of an entry, for each number where it has a plural."""
    return [entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)] or [entry.msgstr]


def is_translated(entry: polib.POEntry) -> bool:
    """Has words for every number."""
    return all(translations(entry))


def has_own_placeholders(german: str, plural: str, words: list[str]) -> bool:
    """Names nothing that the code does not fill in."""
    wanted = set(_PLACEHOLDER.findall(german + plural))
    return all(set(_PLACEHOLDER.findall(text)) <= wanted for text in words)


def plural_count(language: str) -> int:
    """How many numbers a language tells apart."""
    found = re.search(r"nplurals\s*=\s*(\d+)", _plural_forms(language))
    return int(found[1]) if found else 2


def _plural_forms(language: str) -> str:
    """As Django's own catalogue of the language says, or of the language that it is a plain form of."""
    where = Path(django.__file__).parent / "conf/locale"
    named = [language, language.split("_", maxsplit=1)[0]]
    return str(gettext.translation("django", where, named, fallback=True).info().get("plural-forms", _ONE_AND_MANY))
