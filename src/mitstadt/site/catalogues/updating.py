"""Bring every catalogue up to date with the code, and fill in words that people translated elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polib

from mitstadt.site.catalogues import files
from mitstadt.site.catalogues.extraction import Key, extracted
from mitstadt.site.catalogues.owners import SOURCE, languages, owners

Words = Mapping[Key, list[str]]


@dataclass
class Filled:
    """What became of words that were filled in."""

    taken: set[Key] = field(default_factory=set)
    refused: dict[Key, str] = field(default_factory=dict)


def update(source: Path = SOURCE, *, also: Iterable[str] = ()) -> None:
    """Give each floor and slice the messages of its code, in every language spoken and in those named ``also``.

    A translation is found wherever it stood: words move with their code.
    """
    spoken = sorted({*languages(source), *also})
    memory = {language: _memory(language, source) for language in spoken}
    for owner in owners(source):
        messages = extracted(owner.folder, source)
        for language in spoken:
            path = owner.catalogue(language)
            catalogue = files.read(path, language)
            own = {files.key_of(entry): entry for entry in catalogue if files.is_translated(entry)}
            remembered = {**memory[language], **own}
            entries = [files.entry_of(message, language, remembered.get(key)) for key, message in messages.items()]
            if entries:
                files.write(path, catalogue, entries)
            elif path.exists():
                path.unlink()
                path.with_suffix(".mo").unlink(missing_ok=True)


def _memory(language: str, source: Path) -> dict[Key, polib.POEntry]:
    read = [files.read(owner.catalogue(language), language) for owner in owners(source)]
    return {files.key_of(entry): entry for catalogue in read for entry in catalogue if files.is_translated(entry)}


def fill(language: str, words: Words, source: Path = SOURCE) -> Filled:
    """Write translations into every catalogue that has the message; what does not fit is refused with its reason."""
    filled = Filled()
    for owner in owners(source):
        path = owner.catalogue(language)
        if not path.exists():
            continue
        catalogue = files.read(path, language)
        for entry in catalogue:
            key = files.key_of(entry)
            if key in words:
                reason = _refusal(entry, words[key], files.plural_count(language))
                if reason:
                    filled.refused[key] = reason
                else:
                    filled.taken.add(key)
                    files.translate(entry, words[key], forms=files.plural_count(language))
        files.write(path, catalogue, list(catalogue))
    filled.refused.update(dict.fromkeys(words.keys() - filled.taken - filled.refused.keys(), "no code says this"))
    return filled


def _refusal(entry: polib.POEntry, words: list[str], forms: int) -> str:
    wanted = (1, forms) if entry.msgid_plural else (1,)
    if len(words) not in wanted:
        return f"{len(words)} forms are given, {wanted[-1]} needed"
    if not all(words):
        return "the translation is empty"
    if not files.has_own_placeholders(entry.msgid, entry.msgid_plural, words):
        return "it names other placeholders"
    return ""
