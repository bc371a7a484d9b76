"""The printed edition as tagged PDF; the host may have copies made with a fresh participation code each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils import formats
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from mitstadt.ground.languages import of_the_city
from mitstadt.ground.organisations.contact import contact_of
from mitstadt.ground.sheets.marks import NO_CODE, one_time_codes
from mitstadt.participation.drafting.models import Shape
from mitstadt.participation.drafting.own_numbers import has_own_number
from mitstadt.participation.drafting.paper.sections import Section, sections_of
from mitstadt.participation.drafting.paper.slip import printed_slip
from mitstadt.participation.drafting.queries.reading import Reading, ReadPassage
from mitstadt.participation.drafting.synopsis.wording import day
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Commitment, ParticipationLevel
from mitstadt.spine.queries.parts import last_phase
from mitstadt.ui.deciding import recommended_to
from mitstadt.ui.print.kept import typeset_once
from mitstadt.ui.print.typesetting import qr_drawing, typeset
from mitstadt.ui.sheets.paper.layout import layout_of
from mitstadt.ui.sheets.paper.printing import Copy, form_data

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
    foot = f"{room.title} · {text.ref} · {edition}"
    hand_in = ", ".join(filter(None, (room.host.name, contact_of(room.host).in_a_line)))
    until = day(last.last_moment) if last else ""
    look_up = f"{address}/code/".partition("://")[2]
    frame = Frame((get_language() or "de").split("-")[0], foot, _handing_in(hand_in, until, look_up))
    return {
        "title": reading.text.title,
        "author": room.host.name,
        "language": reading.language.split("-")[0],
        "size": LARGE_PT if wanted.large else PLAIN_PT,
        "large": wanted.large,
        "foot": foot,
        "edition": edition,
        "question": room.title,
        "why": room.body,
        "host": room.host.name,
        "ref": text.ref,
        "until": until,
        "hand_in": hand_in,
        "short_address": short.partition("://")[2],
        "qr": qr_drawing(short),
        "qr_alt": _("QR-Code zu %(address)s") % {"address": short},
        "promise": _promise(Commitment.objects.filter(process=room.pk).first()),
        "with_text": wanted.with_text,
        "copies": list(wanted.codes) or [""],
        "passages": [_passage(row) for row in reading.passages if row.passage.shape != Shape.TITLE],
        "forms": [
            _form(section, address, large=wanted.large, codes=wanted.codes, frame=frame)
            for section in sections_of(reading.passages)
        ],
        "words": _words(),
    }


def _handing_in(hand_in: str, until: str, look_up: str) -> str:
    known = {"where": hand_in, "until": until, "address": look_up}
    first = _("Abgeben bis %(until)s: %(where)s") if until else _("Abgeben: %(where)s")
    later = _("Später nachsehen, was daraus wurde: %(address)s. Ohne Code: Lassen Sie sich das Kennzeichen nennen.")
    return f"{first % known}\n{later % known}"


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


def _form(section: Section, address: str, *, large: bool, codes: Sequence[str], frame: Frame) -> dict[str, object]:
    """The slip of a section, as its layout table draws it; copies with a participation code do not ask for one."""
    numbers: Sequence[str] = section.numbers
    title = section.heading.heading if section.heading else _("Anfang des Textes")
    between = numbers[0] if len(numbers) == 1 else f"{numbers[0]} – {numbers[-1]}"
    sheet = printed_slip(title, between, asks_code=not codes)
    layout = layout_of(sheet, [frame.language], large=large)
    marks = one_time_codes(len(codes)) if codes else [NO_CODE]
    copies = [Copy(mark, code) for mark, code in zip(marks, codes or [""], strict=True)]
    link = f"{address}/{section.first.passage.ref}"
    return form_data(
        layout, copies, foot=frame.foot, hand_in=frame.hand_in, code_label=_("Ihr Teilnahmecode"), link=link
    )


@dataclass(frozen=True)
class Frame:
    """What stands around every slip: its language, what it belongs to, where it is handed in."""

    language: str
    foot: str
    hand_in: str


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
    }
