"""Mend words in public: what a clerk mistyped for somebody else, or what people themselves would say otherwise now.

What stood there before stays to be read on the trail.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from mitstadt.ground.people.models import Person
from mitstadt.ground.words import clean_words
from mitstadt.spine import kinds
from mitstadt.spine import office_verbs as office
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.entries import rename
from mitstadt.spine.actions.locking import lock_all, lock_row
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.records import MOST_CHARACTERS, checked_reason, checked_text, reason_if_any
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.kept_words import content_of
from mitstadt.spine.models import Correction, MachineTranslation, ModerationCase, Record, Translation
from mitstadt.spine.permits import permit_on
from mitstadt.spine.queries.kept_words import Cell
from mitstadt.spine.search.indexing import refresh_entry
from mitstadt.spine.verbs import Verb


def correct_entry(
    record: Record,
    *,
    actor: Actor,
    texts: Mapping[str, str],
    reason: str,
    now: datetime,
    name: str | None = None,
) -> Correction | None:
    """Let the record say what stands on the paper. Anyone with the task of entering there may, until it is answered.

    ``name`` is the one beside it, empty for none. An earlier name is kept nowhere: who wrote the paper decides whether
    they stand there, and how. Returns the words as they stood, None where the name alone was mistyped.
    """
    said = checked_reason(reason)
    with transaction.atomic():
        bearer = _locked_bearer(record) if name is not None else None
        [row] = lock_all([record])
        require(permit_on(actor, Deed.CORRECT_ENTRY, row, now=now))
        if name is not None and rename(bearer, name):
            details = {"fields": ["name"], "reason": said}
            record_act(
                actor=actor, verb=office.CORRECTED_ENTRY, record=row, now=now, content=content_of(row), details=details
            )
            if not _differ(row, texts):
                return None
        made = _written(row, texts, Correction(by=actor.person, reason=said, at=now))
        _tell(row, made, office.CORRECTED_ENTRY, actor=actor)
    return made


def bearer_of(record: Record) -> Person | None:
    """Whose name a clerk may mend beside what was typed for them: the person of a slip or code, without account."""
    person = record.author
    return person if record.entered_by_id is not None and person is not None and not person.has_account else None


def _locked_bearer(record: Record) -> Person:
    person = bearer_of(record)
    if person is None:
        raise Refused("name_not_shown")
    return lock_row(person)


def _differ(row: Record, texts: Mapping[str, str]) -> bool:
    cells = correctable(row)
    return any(name in cells and cells[name].text != clean_words(text).strip() for name, text in texts.items())


def reword(record: Record, *, actor: Actor, texts: Mapping[str, str], reason: str = "", now: datetime) -> Correction:
    """Let an author say it otherwise, while the same could still be said anew and nobody has answered.

    Supports stay, and who supports it is told; how many supported the earlier words is kept with them.
    """
    said = reason_if_any(reason)
    with transaction.atomic():
        [row] = lock_all([record])
        require(permit_on(actor, Deed.REWORD, row, now=now))
        if ModerationCase.objects.filter(record_id=row.pk, decided_at=None).exists():
            raise Refused("reword_under_review")
        kinds.check_texts(row, texts)
        row.reworded_at = now
        made = _written(row, texts, Correction(by=actor.person, by_author=True, reason=said, at=now))
        _tell(row, made, verbs.REWORDED, actor=actor)
    return made


def _written(row: Record, texts: Mapping[str, str], correction: Correction) -> Correction:
    """Write these texts into the locked record, and keep what stood there."""
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
    # They say what no longer stands there.
    Translation.objects.filter(record_id=row.pk).delete()
    MachineTranslation.objects.filter(record_id=row.pk).delete()
    row.changed_at = correction.at
    row.save(update_fields=["changed_at", "reworded_at"])
    refresh_entry(row)
    correction.record, correction.before = row, before
    correction.support_count, correction.guest_support_count = row.support_count, row.guest_support_count
    correction.save()
    return correction


def _tell(row: Record, made: Correction, verb: Verb, *, actor: Actor) -> None:
    """Those who follow it hear of it, but not who did it; the log promises the words as they stand now.

    The log keeps the reason of a clerk for ever. That of a person is among their own words, and goes with them.
    """
    tell_followers([row], verb, now=made.at, except_person=made.by_id)
    details = {"fields": sorted(made.before), **({} if made.by_author else {"reason": made.reason})}
    record_act(actor=actor, verb=verb, record=row, now=made.at, content=content_of(row), details=details)


def correctable(record: Record) -> dict[str, Cell]:
    """The texts that may be corrected, by name: those of the record, and those its kind names."""
    own = kinds.kind_of(record).corrects
    beside = {path: row for row, path in kinds.kept_words(record) if path in own}
    return {"body": Cell(record, "body"), **{name: Cell(beside[name], name) for name in own if name in beside}}


def _checked(text: str, *, was: str) -> str:
    """Clean words; a text that was there does not become empty, and an empty one stays as it is."""
    if not was:
        return was
    return checked_text(clean_words(text), limit=MOST_CHARACTERS)
