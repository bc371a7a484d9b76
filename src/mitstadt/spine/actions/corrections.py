"""Mend what a clerk typed wrongly for somebody else: what stood there before stays to be read, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from mitstadt.ground.words import clean_words
from mitstadt.spine import kinds
from mitstadt.spine import office_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock_all
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.records import MOST_CHARACTERS, checked_reason, checked_text
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.kept_words import content_of
from mitstadt.spine.models import Correction, Record
from mitstadt.spine.permits import permit_on
from mitstadt.spine.queries.kept_words import Cell
from mitstadt.spine.search.indexing import refresh_entry


def correct_entry(record: Record, *, actor: Actor, texts: Mapping[str, str], reason: str, now: datetime) -> Correction:
    """Let the record say what stands on the paper. Anyone with the task of entering there may, until it is answered."""
    said = checked_reason(reason)
    with transaction.atomic():
        [row] = lock_all([record])
        require(permit_on(actor, Deed.CORRECT_ENTRY, row, now=now))
        cells = correctable(row)
        before = {}
        for name, text in texts.items():
            if name not in cells:
                continue
            stood, wanted = cells[name].text, _checked(text, was=cells[name].text)
            if wanted != stood:
                before[name] = stood
                cells[name].write(wanted)
        if not before:
            raise Refused("unchanged")
        row.changed_at = now
        row.save(update_fields=["changed_at"])
        made = Correction.objects.create(record_id=row.pk, at=now, by=actor.person, reason=said, before=before)
        refresh_entry(row)
        tell_followers([row], verbs.CORRECTED_ENTRY, now=now)
        details = {"reason": said, "fields": sorted(before)}
        record_act(
            actor=actor, verb=verbs.CORRECTED_ENTRY, record=row, now=now, content=content_of(row), details=details
        )
    return made


def correctable(record: Record) -> dict[str, Cell]:
    """The texts that a clerk may have mistyped, by name: those of the record, and those its kind names."""
    own = kinds.kind_of(record).corrects
    beside = {path: row for row, path in kinds.kept_words(record) if path in own}
    return {"body": Cell(record, "body"), **{name: Cell(beside[name], name) for name in own if name in beside}}


def _checked(text: str, *, was: str) -> str:
    """Clean words; a text that was there does not become empty, and an empty one stays as it is."""
    if not was:
        return was
    return checked_text(clean_words(text), limit=MOST_CHARACTERS)
