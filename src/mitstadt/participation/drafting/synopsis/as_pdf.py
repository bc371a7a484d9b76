"""The synopsis as tagged PDF, in volumes: what one volume holds is typeset at once, and costs memory."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.synopsis import wording
from mitstadt.participation.drafting.synopsis.queries import voices_in
from mitstadt.participation.drafting.synopsis.rows import PassageRow, Place, Synopsis, Voice
from mitstadt.participation.drafting.synopsis.sections import Cut, cuts_of, slots_of
from mitstadt.ui.print.kept import typeset_once
from mitstadt.ui.print.typesetting import qr_drawing
from mitstadt.ui.supporters import supporters

_TEMPLATE = Path(__file__).with_name("synopsis.typ")
# Passages and contributions of one volume: more would take more than 200 MB while they are typeset.
VOLUME = 500


def volume_count(synopsis: Synopsis) -> int:
    """Into how many volumes the PDF is cut; one for most texts."""
    return max(1, -(-len(slots_of(synopsis)) // VOLUME))


def pdf(synopsis: Synopsis, *, volume: int, address: str) -> bytes:
    """One volume, counted from 1; `address` is the public one before a ref."""
    cuts = cuts_of(synopsis, slots_of(synopsis)[(volume - 1) * VOLUME : volume * VOLUME])
    return typeset_once(_TEMPLATE, _data(synopsis, cuts, volume=(volume, volume_count(synopsis)), address=address))


def _data(synopsis: Synopsis, cuts: Sequence[Cut], *, volume: tuple[int, int], address: str) -> dict[str, object]:
    process, said = synopsis.text.home, voices_in(synopsis, cuts)
    title = wording.title_of(synopsis)
    if volume[1] > 1:
        title = _("%(title)s, Teil %(part)s von %(parts)s") % {
            "title": title,
            "part": volume[0],
            "parts": volume[1],
        }
    facts = [{"term": term, "value": value} for term, value in wording.facts_of(synopsis)]
    short = f"{address}/{process.ref}"
    return {
        "title": title,
        "author": process.host.name,
        "language": (get_language() or "de")[:2],
        "foot": f"{process.title} · {process.ref}",
        "lead": wording.lead(),
        "process": {"ref": process.ref, "host": process.host.name},
        "facts": [facts[:2], facts[2:]],
        "qr": qr_drawing(short),
        "qr_alt": _("QR-Code zu %(address)s") % {"address": short},
        "short_address": short.partition("://")[2],
        "words": _words(),
        "note": wording.not_shown_note(synopsis),
        "parts": [
            {
                "title": wording.part_title(number, synopsis),
                "rows": [_passage(cut, said.get(cut.row.key, ())) for cut in group],
            }
            for number, group in groupby(cuts, key=lambda cut: wording.part_of(cut.row))
        ],
    }


def _words() -> dict[str, str]:
    return {
        "page": _("Seite"),
        "lacks_signs": _("Ein leeres Kästchen steht für ein Zeichen, das wir nicht drucken können. Im Netz steht es."),
        "quoted": _("Zu den Worten"),
        "contribution": _("Beitrag"),
        "said": _("Was gesagt wurde"),
        "supports": _("Unterstützt"),
        "answer": _("Antwort"),
        "unanswered": _("noch ohne Antwort"),
        "continued": _("Fortsetzung der Beiträge zu dieser Stelle"),
        "unchanged": _("Der Text bleibt, wie er war."),
        "nothing_before": _("Diese Stelle gab es noch nicht."),
    }


def _passage(cut: Cut, voices: Sequence[Voice]) -> dict[str, object]:
    row = cut.row
    return {
        "heading": wording.heading_of(row),
        "structure": wording.is_structure(row),
        "course": wording.course_of(row),
        "continued": cut.is_continued,
        "before_label": _("Bisher") if row.is_new else _("Bisher: Fassung %(number)s") % {"number": row.place.edition},
        "before": row.before,
        "after_label": _after_label(row),
        "no_result": _("Die Stelle ist gestrichen.") if row.course == "dropped" else _("Noch keine neue Fassung."),
        "results": [_result(row, place) for place in row.results],
        "taken_up": wording.taken_up_names(row.taken_up),
        "voices": [_voice(voice) for voice in voices],
    }


def _after_label(row: PassageRow) -> str:
    if not row.results:
        return _("Neu")
    return _("Neu: Fassung %(number)s") % {"number": row.results[0].edition}


def _result(row: PassageRow, place: Place) -> dict[str, object]:
    same = row.before == place.words
    alone = len(row.results) == 1 and not row.is_new
    differs = alone and not same
    return {
        "words": place.words,
        "same": same,
        "difference": runs(row.before, place.words) if differs else [],
        "name": "" if alone and place.number == row.place.number else wording.place_name(place),
    }


def _voice(voice: Voice) -> dict[str, object]:
    return {
        "ref": voice.ref,
        "form": wording.form_of(voice),
        "author": voice.author,
        "at": wording.day(voice.at),
        "channel": wording.channel_of(voice),
        "language": voice.language.split("-")[0],
        "quoted": voice.quoted,
        "difference": runs(voice.passage_words, voice.wording) if voice.wording else [],
        "body": voice.body,
        "supports": supporters(voice.supports, voice.guest_supports),
        "decision": wording.decision_of(voice),
        "reason": voice.reply.reason if voice.reply else "",
        "taken_up_in": wording.taken_up_in(voice),
        "earlier": wording.earlier_answers(voice),
    }


def runs(old: str, new: str) -> list[dict[str, str]]:
    """A difference as runs of words."""
    return [{"change": change, "text": text} for change, text in computations.word_differences(old, new)]
