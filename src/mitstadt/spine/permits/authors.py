"""What authors may do with their own, and what nobody does where a record went on.

What somebody said for an organisation is that organisation's: whoever typed it takes nothing of it back.
"""

from __future__ import annotations

from mitstadt.spine import kinds
from mitstadt.spine.actors import Actor
from mitstadt.spine.authorship import has_other_authors, is_author
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import MovedOn, Record, RecordState, Room, RoomStage
from mitstadt.spine.permits.answer import GRANTED, Permit

BY_AUTHOR = {Deed.WITHDRAW, Deed.REWORD, Deed.ERASE, Deed.APPEAL, Deed.INVITE}
# What the authors may do with their own, as the host may with all.
BY_AUTHOR_TOO = {Deed.MERGE, Deed.SPLIT, Deed.SEPARATE}
# What authors do with what they said for themselves alone; against hiding, whoever typed it may appeal.
_OF_ONES_OWN = BY_AUTHOR - {Deed.APPEAL}
# What is done where a record went on, and no longer at the record itself.
_WHERE_IT_WENT = {
    Deed.CONTRIBUTE,
    Deed.COMMENT,
    Deed.SUPPORT,
    Deed.REWORD,
    Deed.INVITE,
    Deed.JOIN,
    Deed.MERGE,
    Deed.SPLIT,
}
_WENT_ON = {MovedOn.MERGED: "went_on_in_another", MovedOn.SPLIT: "went_on_in_pieces"}


def by_author(actor: Actor, deed: Deed, record: Record) -> Permit:
    """What an author does to their own record alone."""
    if not is_author(actor, record):
        return Permit(False, "not_yours")
    if not kinds.accepts(record.kind, deed):
        return Permit(False, "kind_takes_no_such_deed")
    if deed in _OF_ONES_OWN and record.organisation_id is not None:
        return Permit(False, "said_for_an_office")
    if deed is Deed.APPEAL:
        return GRANTED if record.state == RecordState.HIDDEN else Permit(False, "nothing_to_appeal")
    if record.state == RecordState.ERASED:
        return Permit(False, "already_erased")
    if deed in {Deed.WITHDRAW, Deed.REWORD, Deed.INVITE} and not record.is_up:
        return Permit(False, "record_not_public")
    if deed is Deed.WITHDRAW and has_other_authors(actor, record):
        return Permit(False, "others_wrote_it_too")
    reason = why_not_here(deed, record)
    return Permit(False, reason) if reason else GRANTED


def are_own_words(actor: Actor, record: Record) -> bool:
    """Whether the actor said it for themselves, and not for an organisation."""
    return record.organisation_id is None and is_author(actor, record)


def of_their_own(deed: Deed, record: Record, room: Room) -> Permit:
    """What authors do with their own as the host does with all, while the room is open."""
    if not kinds.accepts(record.kind, deed):
        return Permit(False, "kind_takes_no_such_deed")
    return Permit(False, "room_closed", room.closed_at) if room.stage == RoomStage.CLOSED else GRANTED


def why_not_here(deed: Deed, record: Record) -> str:
    """The reason where a record went on elsewhere, or cannot; empty where nothing stands against the deed."""
    if record.moved_on and deed in _WHERE_IT_WENT:
        return _WENT_ON[MovedOn(record.moved_on)]
    if deed in {Deed.MERGE, Deed.SPLIT, Deed.SEPARATE} and record.answer_state:
        return "merge_answered"
    if deed is Deed.REWORD and record.answer_state:
        return "reword_answered"
    return "not_merged" if deed is Deed.SEPARATE and record.moved_on != MovedOn.MERGED else ""
