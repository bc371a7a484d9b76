"""Stands all questions of a sheet on pages: a question stays together where a page can hold it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from mitstadt.ground.sheets.marks import form_of
from mitstadt.ground.sheets.questions import Section, Sheet
from mitstadt.ui.sheets.paper.rows import PaperRow, Style, question_rows, text_row
from mitstadt.ui.sheets.paper.table import BOTTOM, TOP, VERSION, Item, Layout, PaperPage


def layout_of(sheet: Sheet, languages: Sequence[str], *, large: bool = False, pictured: bool = False) -> Layout:
    """The layout table of this sheet in one language or two side by side, in plain or large print, or for children."""
    style = Style(tuple(languages[:2]), large, pictured)
    pages = _Pages()
    for block in _blocks(sheet, style):
        pages.add(block)
    form = form_of(sheet, VERSION, *style.languages, large, *(["pictured"] if pictured else []))
    shown = tuple(PaperPage(number, tuple(items)) for number, items in enumerate(pages.pages, 1))
    return Layout(form, style.languages, large, shown)


class _Pages:
    """Pages as they fill up."""

    def __init__(self) -> None:
        self.pages: list[list[Item]] = [[]]
        self.y = TOP

    def add(self, block: Sequence[PaperRow]) -> None:
        """All rows of a block on one page where they fit on one, else row by row from the top of a page."""
        whole = sum(row.height for row in block)
        if self.y + whole > BOTTOM and self.y > TOP:
            self._turn()
        for row in block:
            if self.y + row.height > BOTTOM and self.y > TOP:
                self._turn()
            self.pages[-1] += row.stand(self.y)
            self.y += row.height

    def _turn(self) -> None:
        self.pages.append([])
        self.y = TOP


def _blocks(sheet: Sheet, style: Style) -> list[list[PaperRow]]:
    """What stays together: the head of the sheet, the head of a section with its first question, each question."""
    blocks = [_head(sheet, style)]
    for section in sheet.sections:
        first, *others = section.questions
        # A sheet that is one section of the same name says it once.
        head = [] if section.title == sheet.title else _section_head(section, style)
        role = "h3" if head else "h2"
        blocks.append([*head, *question_rows(sheet, first, style, role=role)])
        blocks += [question_rows(sheet, question, style, role=role) for question in others]
    return blocks


def _head(sheet: Sheet, style: Style) -> list[PaperRow]:
    return [
        text_row(style, sheet.title.spoken_in, size=style.size * 1.7, role="h1", bold=True, after=3),
        text_row(style, sheet.lead.spoken_in),
        text_row(style, _how_to_cross, size=style.size * 0.9, after=6),
    ]


def _section_head(section: Section, style: Style) -> list[PaperRow]:
    return [
        text_row(style, section.title.spoken_in, size=style.size * 1.25, role="h2", bold=True, after=2.5),
        text_row(style, section.lead.spoken_in, after=2.5),
    ]


def _how_to_cross(language: str) -> str:
    with override(language):
        return _("Kreuzen Sie an. Falsch angekreuzt? Kreuzen Sie das Richtige an, und machen Sie einen Kreis darum.")
