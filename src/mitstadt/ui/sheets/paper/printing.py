"""A sheet as tagged PDF: for everyone to print, or as copies with a one-time code each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import segno
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitstadt.ground.sheets.marks import NO_CODE, Mark, one_time_codes, printed_mark
from mitstadt.ground.sheets.questions import Sheet
from mitstadt.ui.print.kept import typeset_once
from mitstadt.ui.print.typesetting import qr_drawing, typeset
from mitstadt.ui.sheets.paper.layout import layout_of
from mitstadt.ui.sheets.paper.table import Layout

_TEMPLATE = Path(__file__).with_name("sheet.typ")
CLASS_SIZE = 30


@dataclass(frozen=True)
class Print:
    """How a sheet is printed: in one language or two, large or not, for whom, where it is handed in, which codes."""

    languages: tuple[str, ...] = ("de",)
    large: bool = False
    pictured: bool = False
    host: str = ""
    foot: str = ""
    hand_in: str = ""
    codes: tuple[str, ...] = ()


def printed_sheet(sheet: Sheet, wanted: Print) -> bytes:
    """The PDF (PDF/UA-1). Prints without codes are kept for a day; those with codes are for one hand."""
    data = _data(sheet, layout_of(sheet, wanted.languages, large=wanted.large, pictured=wanted.pictured), wanted)
    return typeset(_TEMPLATE, data) if wanted.codes else typeset_once(_TEMPLATE, data)


def _data(sheet: Sheet, layout: Layout, wanted: Print) -> dict[str, Any]:
    language = wanted.languages[0]
    codes = wanted.codes or (NO_CODE,)
    shown = [Copy(code, "" if code == NO_CODE else code) for code in codes]
    with override(language):
        form = form_data(layout, shown, foot=wanted.foot, hand_in=wanted.hand_in, code_label=_("Code"))
        cover = _cover(wanted) if wanted.pictured else []
    return {**form, "title": sheet.title.spoken_in(language), "author": wanted.host, "cover": cover}


def _cover(wanted: Print) -> list[str]:
    """What a teacher needs to know, a sentence a line."""
    return [
        _("Ein Klassensatz: %(count)s Bögen. Jedes Kind bekommt einen Bogen und ist damit einmal an der Reihe.")
        % {"count": len(wanted.codes)},
        _("Auf die Bögen kommen keine Namen, keine Klasse und keine Schule. Wir speichern nichts über die Kinder."),
        _("Lesen Sie die Fragen vor. Die Bilder helfen beim Finden. Niemand muss alles beantworten."),
        _("Geben Sie die Bögen zusammen ab: %(where)s") % {"where": wanted.hand_in},
        _("Sie werden mit dem Weg „in der Schule“ erfasst und zählen wie alle anderen."),
    ]


def class_set(sheet: Sheet, wanted: Print) -> bytes:
    """Thirty sheets led by pictures with thirty turns, and a page for the teacher: one file, for one hand."""
    codes = tuple(one_time_codes(CLASS_SIZE))
    return printed_sheet(sheet, replace(wanted, pictured=True, large=False, codes=codes))


@dataclass(frozen=True)
class Copy:
    """One printed copy: the one-time code in its marks, and the code that people read on it."""

    code: str = NO_CODE
    shown: str = ""


def form_data(
    layout: Layout, copies: Sequence[Copy], *, foot: str, hand_in: str, code_label: str, link: str = ""
) -> dict[str, Any]:
    """What `sheet-page` in sheets.typ draws, in the language that is active; `link` is an address for phones."""
    data: dict[str, Any] = {
        **layout.as_data(),
        "foot": foot,
        "hand_in": hand_in,
        "copies": [_copy(layout, copy) for copy in copies],
        "words": {
            "page": _("Seite"),
            "form": _("Bogen"),
            "code": code_label,
            "qr": _("QR-Code für die Erfassung dieser Seite"),
            "lacks_signs": "",
        },
    }
    if link:
        data["link"] = {"drawing": qr_drawing(link), "alt": _("QR-Code zu %(address)s") % {"address": link}}
    return data


def _copy(layout: Layout, copy: Copy) -> dict[str, Any]:
    marks = [printed_mark(Mark(layout.form, page.number, copy.code)) for page in layout.pages]
    return {"code": copy.shown, "drawings": [_drawing(mark) for mark in marks]}


def _drawing(mark: str) -> str:
    """A QR code of level Q: a thumb or a fold may hide a quarter of it."""
    return str(segno.make(mark, error="q", micro=False).svg_inline(border=4, omitsize=True))
