"""Black out words that must not stand in public, wherever they are; their place stays visible, and the log says why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mitstadt.ground.words import clean_words
from mitstadt.spine import office_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.erasing import note
from mitstadt.spine.actions.locking import lock_all
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.promising_anew import forget_contents, promise_anew
from mitstadt.spine.actions.records import checked_reason
from mitstadt.spine.actions.tallies import recounted
from mitstadt.spine.actors import Actor
from mitstadt.spine.blackening import LEAST_SIGNS, blackened, mark_in, repeats, spans_of
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.kept_words import content_of, translations_of
from mitstadt.spine.models import Erased, MachineTranslation, Record
from mitstadt.spine.permits import permit_on
from mitstadt.spine.queries.kept_words import cells_of
from mitstadt.spine.search.indexing import forget_words, refresh_entry

MOST_WORDS = 20


@dataclass(frozen=True)
class BlackedOut:
    """What came of it: in how many places, of how many records."""

    places: int
    records: int


def black_out(
    record: Record, *, actor: Actor, words: Sequence[str], reason: str, now: datetime, also: Collection[Record] = ()
) -> BlackedOut:
    """Take these words out of a record, and of others in which they stand too, for a reason that everyone reads.

    They go from every table, from the search and from what the log holds under salt; each place shows that something
    stood there. What the record says now is promised by the log anew.
    """
    wanted, said = checked_words(words), checked_reason(reason)
    if repeats(said, wanted) or spans_of(wanted, said):
        raise Refused("reason_repeats_words")
    with transaction.atomic():
        rows = lock_all([record, *also])
        for row in rows:
            require(permit_on(actor, Deed.BLACK_OUT, row, now=now))
        with recounted([row.pk for row in rows]):
            found = {row.pk: _take_out(row, wanted, now=now) for row in rows}
            torn = [one for row in rows if found[row.pk] for one in forget_contents(row)]
            if not found[record.pk]:
                raise Refused("words_not_found")
            done = [row for row in rows if found[row.pk]]
            for row in done:
                tell_followers([row], verbs.BLACKED_OUT, now=now)
            forget_words(wanted)
        for row in done:
            details = {"reason": said, "places": found[row.pk]}
            content = {**content_of(row), **translations_of([row])}
            record_act(actor=actor, verb=verbs.BLACKED_OUT, record=row, now=now, content=content, details=details)
        promise_anew(torn, now=now)
    return BlackedOut(sum(found.values()), len(done))


def checked_words(words: Sequence[str]) -> list[str]:
    """What is to go, clean and each once; a single sign would take half the text with it."""
    wanted = list(dict.fromkeys(" ".join(clean_words(one).split()) for one in words if one.strip()))[:MOST_WORDS]
    if not wanted or any(len(one) < LEAST_SIGNS for one in wanted):
        raise Refused("words_too_short")
    return wanted


def _take_out(record: Record, words: Sequence[str], *, now: datetime) -> int:
    mark = mark_in(record.language)
    if record.body and blackened(record.body, spans_of(words, record.body), mark="").strip() == "" and not record.title:
        raise Refused("words_all_of_it")
    places: list[list[object]] = []
    count = 0
    for cell in cells_of(record):
        text = cell.text
        spans = spans_of(words, text)
        if spans:
            cell.write(blackened(text, spans, mark=mark, most=cell.most))
            places.append([*cell.name, [list(span) for span in spans], len(text)])
            count += len(spans)
    if places:
        mark_changed(record, now=now)
        note(Erased.WORDS, record.pk, cells=places, now=now)
    return count


def mark_changed(record: Record, *, now: datetime) -> None:
    """The record changed by right: it says when, the search follows, and what a machine made of its words goes."""
    MachineTranslation.objects.filter(record_id=record.pk).delete()
    record.changed_at = now
    record.save(update_fields=["changed_at"])
    refresh_entry(record)
