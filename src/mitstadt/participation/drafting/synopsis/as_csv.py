"""The synopsis as CSV for a spreadsheet: one line for each contribution, and one for a passage where nobody spoke.

UTF-8 with a byte order mark and semicolons, since that is what a German office's spreadsheet opens without questions.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from mitstadt.participation.drafting.models import ContributionForm
from mitstadt.participation.drafting.synopsis import wording
from mitstadt.participation.drafting.synopsis.rows import COURSE_LABELS, PassageRow, Place, Voice
from mitstadt.spine.models import AnswerDecision, Channel
from mitstadt.ui.print.spreadsheets import BYTE_ORDER_MARK, Line, harmless

Rows = Iterable[tuple[PassageRow, Iterator[Voice]]]


def csv_lines(rows: Rows, *, address: str) -> Iterator[str]:
    """The file line by line; `address` is the public one before a ref."""
    yield BYTE_ORDER_MARK
    writer = csv.writer(Line(), delimiter=";", lineterminator="\r\n")
    yield writer.writerow(_header())
    for row, voices in rows:
        passage = _passage_cells(row)
        empty = True
        for voice in voices:
            empty = False
            yield writer.writerow(map(harmless, [*passage, *_voice_cells(voice, address)]))
        if empty:
            yield writer.writerow(map(harmless, [*passage, *[""] * (len(_header()) - len(passage))]))


def _header() -> list[str]:
    return [
        _("Fassung"),
        _("Stelle"),
        _("Kennzeichen der Stelle"),
        _("Bisheriger Text"),
        _("Was daraus wurde"),
        _("Neuer Text"),
        _("Neue Stelle"),
        _("Kennzeichen des Beitrags"),
        _("Art"),
        _("Von"),
        _("Weg"),
        _("Datum"),
        _("Zu den Worten"),
        _("Beitrag"),
        _("Vorgeschlagener Wortlaut"),
        _("Thema"),
        _("Unterstützungen"),
        _("Unterstützungen von Gästen"),
        _("Kommentare"),
        _("Antwort"),
        _("Begründung"),
        _("Antwort von"),
        _("Antwort am"),
        _("Aufgenommen in"),
        _("Geht weiter in"),
        _("Adresse"),
        _("Zum Teil aufgenommen in"),
        _("Geänderte Wörter im Vorschlag"),
        _("Davon so geändert"),
        _("Frühere Antworten"),
        _("Worte zuletzt geändert"),
    ]


def _passage_cells(row: PassageRow) -> list[str]:
    return [
        str(row.place.edition),
        "" if row.is_new else _("Stelle %(number)s") % {"number": row.place.number},
        row.place.ref,
        row.before,
        str(COURSE_LABELS[row.course]),
        "\n\n".join(place.words for place in row.results),
        _place_names(row.results),
    ]


def _voice_cells(voice: Voice, address: str) -> list[str]:
    reply = voice.reply
    return [
        voice.ref,
        str(ContributionForm(voice.form).label),
        voice.author,
        str(Channel(voice.channel).label),
        voice.at.isoformat(timespec="seconds"),
        voice.quoted,
        voice.body,
        voice.wording,
        voice.theme,
        str(voice.supports),
        str(voice.guest_supports),
        str(voice.comments),
        str(AnswerDecision(reply.decision).label) if reply else "",
        reply.reason if reply else "",
        reply.by if reply else "",
        reply.at.isoformat(timespec="seconds") if reply else "",
        _place_names(voice.results) if voice.stands_whole else "",
        ", ".join(voice.went_to),
        f"{address}/{voice.ref}",
        "" if voice.stands_whole else _place_names(voice.results),
        str(voice.adoption.changes) if voice.adoption else "",
        str(voice.adoption.standing) if voice.adoption else "",
        "\n\n".join(wording.earlier_answers(voice)),
        voice.reworded_at.isoformat(timespec="seconds") if voice.reworded_at else "",
    ]


def _place_names(places: Iterable[Place]) -> str:
    return ", ".join(
        _("Stelle %(number)s in Fassung %(edition)s") % {"number": place.number, "edition": place.edition}
        for place in places
    )
