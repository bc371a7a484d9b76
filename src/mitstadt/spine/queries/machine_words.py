"""What a machine said of a record in another language, as long as everyone may read the record and it says the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from mitstadt.spine import kinds
from mitstadt.spine.models import MachineTranslation, Record
from mitstadt.spine.queries.visibility import astray_among

MOST_SIGNS = 20_000


def machine_words(record: Record, language: str) -> MachineTranslation | None:
    """The translation of the words that stand there now; none where the record is not public, or says otherwise."""
    if not is_for_all(record):
        return None
    made = MachineTranslation.objects.filter(record=record.pk, language=language).first()
    return made if made and made.digest == digest_of(words_to_translate(record)) else None


def is_for_all(record: Record) -> bool:
    """Whether everyone may read its words, so that a machine may get them."""
    return record.is_public and not astray_among([record])


def words_to_translate(record: Record) -> dict[str, str]:
    """What the record itself says, by the names of its fields: no drafts about it, and no bare numbers."""
    beside = [(row, path) for row, path in kinds.kept_words(record) if isinstance(row, Record) and row.pk == record.pk]
    cells = [(record, "title"), (record, "body"), *((row, path) for row, path in beside if "/" not in path)]
    said = {path: str(getattr(row, path)) for row, path in cells}
    return {name: text for name, text in said.items() if any(sign.isalpha() for sign in text)}


def digest_of(words: Mapping[str, str]) -> str:
    """By which we know that words are still those that were translated."""
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()
