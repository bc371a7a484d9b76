"""What is wrong with the catalogues, each fault with its floor or slice and its language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import polib

from mitstadt.site.catalogues import files
from mitstadt.site.catalogues.extraction import Key, Message, extracted
from mitstadt.site.catalogues.owners import SOURCE, Owner, languages, owners

_GERMAN = "de"
Said = dict[str, dict[Key, Message]]


def faults(source: Path = SOURCE) -> list[str]:
    """Messages without a translation, with other placeholders, in the wrong place, or translated in two ways."""
    there = owners(source)
    said: Said = {owner.name: extracted(owner.folder, source) for owner in there}
    found = [fault for language in languages(source) for fault in _of_language(language, there, said)]
    return sorted(found)


def _of_language(language: str, there: list[Owner], said: Said) -> Iterator[str]:
    ways: dict[Key, dict[str, str]] = defaultdict(dict)
    for owner in there:
        catalogue = files.read(owner.catalogue(language), language)
        yield from _of_catalogue(f"{owner.name} ({language})", catalogue, owner.name, said)
        if not _may_be_partial(language):
            yield from _missing(f"{owner.name} ({language})", catalogue, said[owner.name])
        for entry in catalogue:
            if files.is_translated(entry):
                ways[files.key_of(entry)].setdefault(files.translations(entry)[0], owner.name)
    for key, said_by in ways.items():
        if len(said_by) > 1:
            told = ", ".join(f"“{_short(text)}” in {name}" for text, name in sorted(said_by.items()))
            yield f"Translated in two ways ({language}): {_short(key[1])}: {told}"


def _may_be_partial(language: str) -> bool:
    """Plain German falls back to German; every other language has all sentences or is not offered."""
    return language.split("_")[0] == _GERMAN


def _of_catalogue(where: str, catalogue: polib.POFile, name: str, said: Said) -> Iterator[str]:
    for entry in catalogue:
        key, short = files.key_of(entry), _short(entry.msgid)
        message = said[name].get(key)
        if message is None:
            others = sorted(other for other, messages in said.items() if key in messages)
            yield f"{where}: {f'Belongs to {others[0]}' if others else 'No longer in the code'}: {short}"
        elif message.plural != entry.msgid_plural:
            yield f"{where}: Another plural than in the code: {short}"
        elif entry.fuzzy or entry.obsolete:
            yield f"{where}: Not for sure: {short}"
        elif not files.has_own_placeholders(entry.msgid, entry.msgid_plural, files.translations(entry)):
            yield f"{where}: Other placeholders: {short}"


def _missing(where: str, catalogue: polib.POFile, messages: dict[Key, Message]) -> Iterator[str]:
    translated = {files.key_of(entry) for entry in catalogue if files.is_translated(entry)}
    for key in messages.keys() - translated:
        yield f"{where}: No translation: {_short(key[1])}"


def _short(text: str) -> str:
    return text[:80]
