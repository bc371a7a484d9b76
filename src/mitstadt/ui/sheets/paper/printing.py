"""A sheet as tagged PDF: for everyone to print, or as copies with a one-time code each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitstadt.ground.sheets.marks import NO_CODE, Mark, printed_mark
from mitstadt.ground.sheets.questions import Sheet
from mitstadt.ui.print.kept import typeset_once
from mitstadt.ui.print.typesetting import typeset
from mitstadt.ui.sheets.paper.layout import layout_of
from mitstadt.ui.sheets.paper.table import Layout

_TEMPLATE = Path(__file__).with_name("sheet.typ")


@dataclass(frozen=True)
class Print:
    """How a sheet is printed: in one language or two, large or not, for whom, where it is handed in, which codes."""

    languages: tuple[str, ...] = ("de",)
    large: bool = False
    host: str = ""
    foot: str = ""
    hand_in: str = ""
    codes: tuple[str, ...] = ()


def printed_sheet(sheet: Sheet, wanted: Print) -> bytes:
    """The PDF (PDF/UA-1). Prints without codes are kept for a day; those with codes are for one hand."""
    data = _data(sheet, layout_of(sheet, wanted.languages, large=wanted.large), wanted)
    return typeset(_TEMPLATE, data) if wanted.codes else typeset_once(_TEMPLATE, data)


def _data(sheet: Sheet, layout: Layout, wanted: Print) -> dict[str, Any]:
    language = wanted.languages[0]
    with override(language):
        return {
            **layout.as_data(),
            "title": sheet.title.spoken_in(language),
            "author": wanted.host,
            "foot": wanted.foot,
            "hand_in": wanted.hand_in,
            "copies": [_copy(layout, code) for code in wanted.codes or (NO_CODE,)],
            "words": {
                "page": _("Seite"),
                "form": _("Bogen"),
                "code": _("Code"),
                "qr": _("QR-Code für die Erfassung dieser Seite"),
                "lacks_signs": "",
            },
        }


def _copy(layout: Layout, code: str) -> dict[str, Any]:
    marks = [printed_mark(Mark(layout.form, page.number, code)) for page in layout.pages]
    return {"code": "" if code == NO_CODE else code, "drawings": [_drawing(mark) for mark in marks]}


def _drawing(mark: str) -> str:
    """A QR code of level Q: a thumb or a fold may hide a quarter of it."""
    return str(segno.make(mark, error="q", micro=False).svg_inline(border=4, omitsize=True))
