"""Put files on a record, take one off, erase them with their bytes, and sweep what waited in vain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from mitstadt.ground.files.api import StoredFile, delete_files, sweep_bytes
from mitstadt.ground.words import clean_words
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actors import Actor
from mitstadt.spine.authorship import has_other_authors
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import ActContent, Attachment, Record
from mitstadt.spine.permits import Permit, permit_on

MOST_ON_A_RECORD = 20
DESCRIPTION_LENGTH = 500
CAPTION_LENGTH = 300


@dataclass(frozen=True)
class DescribedFile:
    """A kept file and what is said of it."""

    file: StoredFile
    description: str = ""
    decorative: bool = False
    caption: str = ""


def attach(record: Record, files: Sequence[DescribedFile], *, actor: Actor, now: datetime) -> list[Attachment]:
    """Put kept files on a record, after those it has; part of an action that has its permit. Each file once."""
    if not files:
        return []
    with transaction.atomic():
        lock(record)
        last = record.attachments.aggregate(last=Max("position"))["last"] or 0
        if record.attachments.count() + len(files) > MOST_ON_A_RECORD:
            raise Refused("too_many_files", limit=MOST_ON_A_RECORD)
        made = [
            Attachment.objects.create(record_id=record.pk, file=_taken(one, now=now), position=position, **_said(one))
            for position, one in enumerate(files, last + 1)
        ]
        said = [{"sha256": one.file.sha256, "description": one.description, "caption": one.caption} for one in made]
        record_act(
            actor=actor,
            verb=verbs.ATTACHED,
            record=record,
            now=now,
            content={"files": said},
            details={"files": len(made)},
        )
    return made


def _taken(one: DescribedFile, *, now: datetime) -> StoredFile:
    """The file out of its waiting place; refuses one that was taken already or waited too long."""
    waiting = StoredFile.objects.select_for_update().filter(pk=one.file.pk, keep_until__gt=now)
    if not waiting.update(keeper="", keep_until=None):
        raise Refused("file_gone")
    one.file.keeper, one.file.keep_until = "", None
    return one.file


def _said(one: DescribedFile) -> dict[str, str | bool]:
    description = "" if one.decorative else " ".join(clean_words(one.description).split())[:DESCRIPTION_LENGTH]
    decorative = one.decorative and one.file.is_picture
    if not description and not decorative:
        raise Refused("file_not_described")
    caption = " ".join(clean_words(one.caption).split())[:CAPTION_LENGTH]
    return {"description": description, "decorative": decorative, "caption": caption}


def permit_detach(record: Record, *, actor: Actor, now: datetime) -> Permit:
    """Whether the actor may take files off this record: who moderates there, and who may erase it all.

    Where others wrote it too, the files are theirs as much as the words: nobody takes them off over their heads.
    """
    moderates = permit_on(actor, Deed.MODERATE, record, now=now)
    if moderates:
        return moderates
    erases = permit_on(actor, Deed.ERASE, record, now=now)
    return Permit(False, "others_wrote_it_too") if erases and has_other_authors(actor, record) else erases


def detach(attachment: Attachment, *, actor: Actor, now: datetime) -> None:
    """Take one file off a record for ever, bytes included: its author may, and who moderates there.

    What the log holds under salt of the files of this record goes too: it has their descriptions. Nothing happens
    where somebody else was faster.
    """
    record = attachment.record
    with transaction.atomic():
        lock(record)
        require(permit_detach(record, actor=actor, now=now))
        if not Attachment.objects.filter(pk=attachment.pk).exists():
            return
        _erase([attachment.file_id])
        ActContent.objects.filter(record_id=record.pk, act__verb=verbs.ATTACHED.key).delete()
        record_act(actor=actor, verb=verbs.DETACHED, record=record, now=now)


def erase_attachments(record: Record) -> None:
    """Remove all files of a record that is erased; their bytes go with the transaction."""
    _erase(record.attachments.values_list("file", flat=True))


def _erase(keys: Iterable[int]) -> None:
    found = list(keys)
    Attachment.objects.filter(file__in=found).delete()
    delete_files(StoredFile.objects.filter(pk__in=found))


def forget_unused_files(*, now: datetime) -> int:
    """Delete what waited in vain or hangs on no record, then bytes without a row; returns how many files."""
    on_a_record = Exists(Attachment.objects.filter(file=OuterRef("pk")))
    unused = StoredFile.objects.filter(Q(keep_until__lte=now) | (Q(keeper="") & ~on_a_record))
    return delete_files(unused) + sweep_bytes(now=now)
