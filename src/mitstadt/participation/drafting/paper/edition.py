"""The printed edition as tagged PDF; the host may have copies made with a fresh participation code each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitstadt.ground.languages import of_the_city
from mitstadt.ground.organisations.contact import contact_of
from mitstadt.participation.drafting.models import Shape
from mitstadt.participation.drafting.own_numbers import has_own_number
from mitstadt.participation.drafting.paper.sections import Section, sections_of
from mitstadt.participation.drafting.queries.reading import Reading, ReadPassage
from mitstadt.participation.drafting.synopsis.wording import day
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Commitment, ParticipationLevel
from mitstadt.spine.queries.parts import last_phase
from mitstadt.ui.deciding import recommended_to
from mitstadt.ui.print.kept import typeset_once
from mitstadt.ui.print.typesetting import qr_drawing, typeset

_TEMPLATE = Path(__file__).with_name("paper.typ")
PLAIN_PT, LARGE_PT = 11, 18


@dataclass(frozen=True)
class Print:
    """How it is printed: large, with which codes, with the text or the forms alone."""

    large: bool = False
    codes: tuple[str, ...] = ()
    with_text: bool = True


def printed(reading: Reading, *, wanted: Print, address: str) -> bytes:
    """The PDF; `address` is the public one before a ref. Prints without codes are kept for a day."""
    with override(of_the_city(reading.language)):
        data = _data(reading, wanted, address)
    # A print with codes is for one hand; nobody keeps it.
    return typeset(_TEMPLATE, data) if wanted.codes else typeset_once(_TEMPLATE, data)


def _data(reading: Reading, wanted: Print, address: str) -> dict[str, object]:
    text = reading.text
    room = text.home
    last = last_phase(text, Deed.CONTRIBUTE)
    short = f"{address}/{text.ref}"
    edition = _("Fassung %(number)s vom %(day)s") % {
        "number": reading.edition.number,
        "day": day(reading.edition.published_at),
    }
    return {
        "title": reading.text.title,
        "author": room.host.name,
        "language": reading.language.split("-")[0],
        "size": LARGE_PT if wanted.large else PLAIN_PT,
        "large": wanted.large,
        "foot": f"{room.title} · {text.ref} · {edition}",
        "edition": edition,
        "question": room.title,
        "why": room.body,
        "host": room.host.name,
        "ref": text.ref,
        "until": day(last.last_moment) if last else "",
        "hand_in": ", ".join(filter(None, (room.host.name, contact_of(room.host).in_a_line))),
        "short_address": short.partition("://")[2],
        "look_up": f"{address}/code/".partition("://")[2],
        "qr": qr_drawing(short),
        "qr_alt": _("QR-Code zu %(address)s") % {"address": short},
        "promise": _promise(Commitment.objects.filter(process=room.pk).first()),
        "with_text": wanted.with_text,
        "copies": list(wanted.codes) or [""],
        "passages": [_passage(row) for row in reading.passages if row.passage.shape != Shape.TITLE],
        "forms": [_form(section, address) for section in sections_of(reading.passages)],
        "words": _words(),
    }


def _promise(commitment: Commitment | None) -> list[dict[str, str]]:
    if commitment is None:
        return []
    answer_by = formats.date_format(commitment.answer_by, "DATE_FORMAT") if commitment.answer_by else ""
    level = str(ParticipationLevel(commitment.level).label) if commitment.level else ""
    rows = (
        (_("Das ist offen"), commitment.what_is_open),
        (_("Das steht fest"), commitment.what_is_fixed),
        (_("Wer entscheidet"), recommended_to(commitment)),
        (_("Wie weit Sie mitbestimmen"), level),
        (_("Das geschieht mit den Ergebnissen"), commitment.use_of_results),
        (_("Alle bekommen eine Antwort bis"), answer_by),
        (_("Dafür ist Geld da"), commitment.money),
    )
    return [{"term": term, "value": value} for term, value in rows if value]


def _passage(row: ReadPassage) -> dict[str, object]:
    passage = row.passage
    return {
        "number": passage.number,
        "ref": passage.ref,
        "shape": passage.shape,
        "level": passage.level,
        "words": row.words,
        "has_own_mark": row.has_own_mark,
        "has_own_number": has_own_number(passage.number, row.words),
    }


def _form(section: Section, address: str) -> dict[str, object]:
    first = section.first.passage
    short = f"{address}/{first.ref}"
    numbers: Sequence[str] = section.numbers
    return {
        "title": section.heading.heading if section.heading else _("Anfang des Textes"),
        "numbers": numbers[0] if len(numbers) == 1 else f"{numbers[0]} – {numbers[-1]}",
        "ref": first.ref,
        "qr": qr_drawing(short),
        "qr_alt": _("QR-Code zu %(address)s") % {"address": short},
        "short_address": short.partition("://")[2],
    }


def _words() -> dict[str, str]:
    return {
        "page": _("Seite"),
        "lacks_signs": _("Ein leeres Kästchen steht für ein Zeichen, das wir nicht drucken können. Im Netz steht es."),
        "promise": _("Das sagt Ihnen die Verwaltung zu"),
        "how": _("So machen Sie mit"),
        "how_number": _("Jede Stelle im Text hat eine Nummer. Nennen Sie sie, wenn Sie schreiben oder anrufen."),
        "how_form": _("Hinten ist für jeden Abschnitt ein Bogen. Trennen Sie ihn ab, und geben Sie ihn ab."),
        "how_equal": _("Papier zählt wie das Netz. Ein Konto brauchen Sie nicht, einen Namen auch nicht."),
        "until": _("Bis"),
        "online": _("Im Netz"),
        "hand_in": _("Abgeben"),
        "your_code": _("Ihr Teilnahmecode"),
        "code_why": _("Mit ihm finden Sie Ihre Beiträge und die Antworten wieder. Bewahren Sie ihn auf."),
        "text": _("Der Text"),
        "form": _("Bogen"),
        "form_for": _("Ihr Beitrag zum Abschnitt"),
        "which": _("Stelle Nr."),
        "which_hint": _("Dieser Abschnitt hat die Stellen"),
        "what": _("Das ist"),
        "comment": _("ein Kommentar"),
        "question": _("eine Frage"),
        "wording": _("ein anderer Wortlaut"),
        "write": _("Schreiben Sie hier"),
        "write_hint": _("Ein anderer Wortlaut: Schreiben Sie die Stelle so, wie sie lauten soll, dann den Grund."),
        "support": _("Ich unterstütze diese Beiträge (Kennzeichen)"),
        "name": _("Name, der dabei stehen soll (freiwillig)"),
        "code": _("Teilnahmecode, falls Sie einen haben"),
        "later": _("Später nachsehen, was daraus wurde"),
        "later_code": _("Geben Sie Ihren Code hier ein"),
        "later_ref": _("Ohne Code: Lassen Sie sich beim Abgeben das Kennzeichen Ihres Beitrags nennen."),
        "cut": _("Hier abtrennen"),
    }
