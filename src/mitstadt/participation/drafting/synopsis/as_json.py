"""The synopsis as JSON; docs/formats-synopsis.md tells what each member means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from mitstadt.participation.drafting.computations import ADOPTION_RULE, Adoption
from mitstadt.participation.drafting.synopsis.rows import PassageRow, Place, Reply, Synopsis, Voice
from mitstadt.ui.print.json_streams import json_list, json_object, json_text

FORMAT = "mitstadt synopsis"
VERSION = 1

Rows = Iterable[tuple[PassageRow, Iterator[Voice]]]


def json_pieces(synopsis: Synopsis, rows: Rows, *, address: str, now: datetime) -> Iterator[str]:
    """The file piece by piece; `address` is the public one before a ref."""
    passages = (_passage(row, voices, address) for row, voices in rows)
    return json_object(_head(synopsis, address, now), "passages", passages)


def _head(synopsis: Synopsis, address: str, now: datetime) -> dict[str, object]:
    text = synopsis.text
    process = text.home
    counts = synopsis.counts
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": now.isoformat(),
        "process": {
            "ref": process.ref,
            "title": process.title,
            "host": process.host.name,
            "address": f"{address}/{process.ref}",
        },
        "text": {"ref": text.ref, "title": text.title, "language": text.language},
        "editions": [
            {"number": e.number, "published_at": e.published_at.isoformat(), "note": e.note} for e in synopsis.editions
        ],
        "counts": {
            "contributions": counts.voices,
            "by_form": dict(counts.by_form),
            "by_decision": dict(counts.by_decision),
            "unanswered": counts.unanswered,
            "went_on": counts.went_on,
            "not_shown": dict(counts.not_shown),
        },
    }


def _passage(row: PassageRow, voices: Iterator[Voice], address: str) -> Iterator[str]:
    head = {
        "ref": row.place.ref,
        "edition": row.place.edition,
        "number": row.place.number,
        "shape": row.shape,
        "level": row.level,
        "text": row.place.words,
        "course": row.course.value,
        "results": [_place(place) for place in row.results],
        "taken_up": [{"ref": taken.ref, "author": taken.author} for taken in row.taken_up if taken.whole],
        "taken_up_partly": [{"ref": taken.ref, "author": taken.author} for taken in row.taken_up if not taken.whole],
    }
    yield json_text(head)[:-1]
    yield ',"contributions":'
    yield from json_list((json_text(_voice(voice, address)),) for voice in voices)
    yield "}"


def _place(place: Place) -> dict[str, object]:
    return {"ref": place.ref, "edition": place.edition, "number": place.number, "text": place.words}


def _voice(voice: Voice, address: str) -> dict[str, object]:
    return {
        "ref": voice.ref,
        "address": f"{address}/{voice.ref}",
        "form": voice.form,
        "author": voice.author,
        "channel": voice.channel,
        "created_at": voice.at.isoformat(),
        "reworded_at": voice.reworded_at.isoformat() if voice.reworded_at else None,
        "language": voice.language,
        "quoted": voice.quoted,
        "body": voice.body,
        "wording": voice.wording,
        "theme": voice.theme,
        "supports": voice.supports,
        "guest_supports": voice.guest_supports,
        "comments": voice.comments,
        "answer": _reply(voice.reply),
        "taken_up_in": [place.ref for place in voice.results if voice.stands_whole],
        "taken_up_partly_in": [place.ref for place in voice.results if not voice.stands_whole],
        "adoption": _adoption(voice.adoption),
        "goes_on_in": list(voice.went_to),
    }


def _adoption(adoption: Adoption | None) -> dict[str, int] | None:
    if adoption is None:
        return None
    return {
        "rule": ADOPTION_RULE,
        "words_added": adoption.added,
        "added_standing": adoption.added_standing,
        "words_removed": adoption.removed,
        "removed_gone": adoption.removed_gone,
    }


def _reply(reply: Reply | None) -> dict[str, object] | None:
    if reply is None:
        return None
    return {
        "ref": reply.ref,
        "decision": reply.decision,
        "reason": reply.reason,
        "by": reply.by,
        "at": reply.at.isoformat(),
        "earlier": [
            {
                "ref": one.ref,
                "decision": one.decision,
                "reason": one.reason,
                "at": one.at.isoformat(),
                "until": one.until.isoformat(),
            }
            for one in reply.earlier
        ],
    }
