"""The synopsis as a Word file: real headings, tables whose header row repeats, language and properties set.

The frame (styles, properties) comes from python-docx once; the body is streamed between its ends, so that ten thousand
contributions cost no more memory than ten.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import IO

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.synopsis import wording
from mitstadt.participation.drafting.synopsis.queries import all_voices
from mitstadt.participation.drafting.synopsis.rows import PassageRow, Synopsis, Voice
from mitstadt.ui.print.word import cell, heading, paragraph, run, table_end, table_row, table_start
from mitstadt.ui.supporters import supporters

_BODY = "word/document.xml"
_MARK = "mitstadt-body"
_WIDTHS_MM = (38, 104, 22, 100)
_STYLES = {"removed": "removed", "added": "added", "equal": ""}


def write_docx(synopsis: Synopsis, file: IO[bytes], *, address: str, now: datetime) -> None:
    """Write the whole file; `address` is the public one before a ref."""
    frame = zipfile.ZipFile(io.BytesIO(_frame(synopsis, now=now)))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for member in frame.namelist():
            if member != _BODY:
                written.writestr(member, frame.read(member))
        before, after = _ends(frame.read(_BODY).decode())
        with written.open(_BODY, "w", force_zip64=True) as body:
            body.write(before.encode())
            for piece in _body(synopsis, address):
                body.write(piece.encode("utf-8", errors="replace"))
            body.write(after.encode())


def _frame(synopsis: Synopsis, *, now: datetime) -> bytes:
    document = Document()
    properties = document.core_properties
    properties.title = wording.title_of(synopsis)[:255]
    properties.author = synopsis.text.home.host.name[:255]
    properties.subject = synopsis.text.home.title[:255]
    properties.language = _language()
    properties.created = properties.modified = now.replace(tzinfo=None)
    properties.comments = ""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin = section.bottom_margin = Mm(16)
    _style(document)
    document.add_paragraph(_MARK)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _style(document: WordDocument) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        font = document.styles[name].font
        font.name, font.color.rgb = "Calibri", None
    for style in document.styles:
        properties = style.element.find(qn("w:rPr"))
        language = properties.find(qn("w:lang")) if properties is not None else None
        if language is not None:
            language.set(qn("w:val"), _language())
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if defaults is not None:
        defaults.set(qn("w:val"), _language())


def _language() -> str:
    return {"de": "de-DE", "en": "en-GB"}.get((get_language() or "de")[:2], "de-DE")


def _ends(document: str) -> tuple[str, str]:
    """What stands before and after the place of the body."""
    at = document.index(_MARK)
    start = document.rindex("<w:p>", 0, at)
    stop = document.index("</w:p>", at) + len("</w:p>")
    return document[:start], document[stop:]


def _body(synopsis: Synopsis, address: str) -> Iterator[str]:
    yield paragraph(run(wording.title_of(synopsis)), style="Title")
    yield paragraph(run(wording.lead()))
    for term, value in wording.facts_of(synopsis):
        yield paragraph(run(f"{term}: ", bold=True) + run(value))
    yield paragraph(run(f"{address}/{synopsis.text.home.ref}"))
    rows = all_voices(synopsis, synopsis.rows)
    for number, group in groupby(rows, key=lambda pair: wording.part_of(pair[0])):
        yield heading(wording.part_title(number, synopsis), level=1)
        for row, voices in group:
            yield from _passage(row, voices)
    note = wording.not_shown_note(synopsis)
    if note:
        yield paragraph(run(note))


def _passage(row: PassageRow, voices: Iterator[Voice]) -> Iterator[str]:
    yield heading(wording.heading_of(row), level=2)
    if wording.is_structure(row):
        return
    if not row.is_new:
        yield paragraph(run(f"{_('Bisher')}: ", bold=True) + run(row.before))
    yield from _results(row)
    if row.taken_up:
        yield paragraph(run(wording.taken_up_names(row.taken_up)))
    yield from _table(voices)


def _results(row: PassageRow) -> Iterator[str]:
    label = run(f"{_('Neu')} ({wording.course_of(row)}): ", bold=True)
    if not row.results:
        yield paragraph(label)
    for place in row.results:
        alone = len(row.results) == 1 and not row.is_new
        words = _difference(row.before, place.words) if alone else run(place.words)
        yield paragraph(label + words)


def _difference(old: str, new: str) -> str:
    segments = computations.word_differences(old, new)
    return "".join(run(text, change=_STYLES[change]) for change, text in segments)


def _table(voices: Iterable[Voice]) -> Iterator[str]:
    started = False
    for voice in voices:
        if not started:
            started = True
            yield table_start(_WIDTHS_MM)
            yield table_row(_header(), header=True)
        yield table_row(_cells(voice))
    if started:
        yield table_end()


def _header() -> list[str]:
    titles = (_("Beitrag"), _("Was gesagt wurde"), _("Unterstützt"), _("Antwort"))
    return [cell(paragraph(run(title, bold=True)), width) for title, width in zip(titles, _WIDTHS_MM, strict=True)]


def _cells(voice: Voice) -> list[str]:
    who = ", ".join(filter(None, (voice.ref, wording.day(voice.at), wording.channel_of(voice))))
    said = []
    if voice.quoted:
        said.append(paragraph(run(f"{_('Zu den Worten')} „{voice.quoted}“")))
    if voice.wording:
        said.append(paragraph(_difference(voice.passage_words, voice.wording)))
    if voice.body:
        said.append(paragraph(run(voice.body)))
    contents = (
        paragraph(run(wording.form_of(voice), bold=True)) + paragraph(run(voice.author)) + paragraph(run(who)),
        "".join(said),
        paragraph(run(supporters(voice.supports, voice.guest_supports))),
        _answer(voice),
    )
    return [cell(content, width) for content, width in zip(contents, _WIDTHS_MM, strict=True)]


def _answer(voice: Voice) -> str:
    if voice.reply is None:
        return paragraph(run(_("noch ohne Antwort")))
    answer = paragraph(run(wording.decision_of(voice), bold=True)) + paragraph(run(voice.reply.reason))
    place = wording.taken_up_in(voice)
    earlier = "".join(paragraph(run(one)) for one in wording.earlier_answers(voice))
    return answer + (paragraph(run(place)) if place else "") + earlier
