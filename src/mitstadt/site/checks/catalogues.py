"""Message catalogues: every German sentence of the code and templates has its English one, with equal placeholders."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
_SKIPPED = ("/tests/", "/migrations/", "/samples/", "/node_modules/")


def extracted(source: Path) -> Catalog:
    """All messages of the Python files and templates below a folder."""
    catalog = Catalog(project="Mitstadt", locale=None, charset="utf-8")
    for file, text in _files(source):
        place = str(file.relative_to(source.parent))
        found = extract("python", io.BytesIO(text.encode()), keywords=_KEYWORDS, options={"encoding": "utf-8"})
        for _line, message, _comments, context in found:
            catalog.add(message, locations=[(place, 0)], context=context)
    return catalog


def _files(source: Path) -> Iterator[tuple[Path, str]]:
    for file in sorted(source.rglob("*")):
        if file.suffix not in {".py", ".html", ".txt"} or any(part in file.as_posix() for part in _SKIPPED):
            continue
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".py":
            yield file, text
        elif "{%" in text:
            yield file, _as_python(templatize(text, origin=str(file)))


def _as_python(templatized: str) -> str:
    """The calls that Django wrote out of a template, each on a line of its own so that it parses alone."""
    calls = re.findall(r"\b(?:n?p?gettext|_)\((?:[^()'\"]|u?'(?:\\.|[^'\\])*'|u?\"(?:\\.|[^\"\\])*\")*\)", templatized)
    return "\n".join(calls)


def update(po: Path, source: Path, *, locale: str) -> None:
    """Bring a catalogue up to date with the code, keep its translations, and compile it."""
    current = _read(po, locale) if po.exists() else Catalog(locale=locale, project="Mitstadt", charset="utf-8")
    current.update(extracted(source), no_fuzzy_matching=True)
    current.obsolete.clear()
    # Dates of the day would change the file without a change of words.
    current.creation_date = current.revision_date = _NO_DATE
    po.parent.mkdir(parents=True, exist_ok=True)
    with po.open("wb") as file:
        write_po(file, current, width=120, no_location=True, sort_output=True, omit_header=False)
    po.with_suffix(".mo").write_bytes(compiled(po, locale))


def compiled(po: Path, locale: str) -> bytes:
    """The catalogue as Django reads it."""
    buffer = io.BytesIO()
    write_mo(buffer, _read(po, locale))
    return buffer.getvalue()


def faults(po: Path, source: Path, *, locale: str) -> list[str]:
    """Messages without a translation, with other placeholders, or no longer in the code; and an old compiled file."""
    catalog = _read(po, locale)
    wanted = {_key(message.id, message.context) for message in extracted(source) if message.id}
    known = {_key(message.id, message.context): message for message in catalog if message.id}
    missing = [f"No {locale} translation: {key[0][:80]}" for key in sorted(wanted - known.keys(), key=str)]
    blank = [key for key, message in known.items() if key in wanted and _is_empty(message.string)]
    empty = [f"Empty {locale} translation: {key[0][:80]}" for key in blank]
    gone = [f"No longer in the code: {key[0][:80]}" for key in sorted(known.keys() - wanted, key=str)]
    wrong = [f"Other placeholders in {locale}: {key[0][:80]}" for key, m in known.items() if not _same_placeholders(m)]
    mo = po.with_suffix(".mo")
    old = [] if mo.exists() and mo.read_bytes() == compiled(po, locale) else [f"{mo.name} is not what {po.name} says."]
    return [*missing, *empty, *gone, *wrong, *old]


def _read(po: Path, locale: str) -> Catalog:
    with po.open("rb") as file:
        return read_po(file, locale=locale)


Words = str | tuple[str, ...] | list[str]


def _key(identifier: Words, context: str | None) -> tuple[str, str]:
    return (identifier if isinstance(identifier, str) else identifier[0], context or "")


def _is_empty(string: Words | None) -> bool:
    return not string or (not isinstance(string, str) and not all(string))


def _same_placeholders(message: object) -> bool:
    identifier, string = message.id, message.string  # type: ignore[attr-defined]  # babel's Message
    texts = [string] if isinstance(string, str) else list(string)
    sources = [identifier] if isinstance(identifier, str) else list(identifier)
    wanted = {name for text in sources for name in _PLACEHOLDER.findall(text)}
    return all(set(_PLACEHOLDER.findall(text)) <= wanted for text in texts if text)
