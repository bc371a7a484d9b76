"""What came of a sheet: sentence, picture and table of each question on a page; files for those who count again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import FileResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mitstadt.ground.sheets.checking import Answers
from mitstadt.ground.sheets.counting import MINIMUM, Finding, Tally, findings
from mitstadt.ground.sheets.exporting import codebook_lines, csv_lines, json_lines
from mitstadt.ground.sheets.questions import Sheet
from mitstadt.ui.parts import Bar, Table
from mitstadt.ui.print.spreadsheets import BYTE_ORDER_MARK, harmless
from mitstadt.ui.print.streams import written

_CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Result:
    """One question with what came of it; drawn by `ui/sheets/results.html`."""

    title: str
    sentence: str
    bars: tuple[Bar, ...]
    table: Table | None
    note: str


def results_of(counts: Tally, *, minimum: int = MINIMUM) -> list[Result]:
    """The results of all questions, in the language of the screen."""
    return [_result(finding, minimum) for finding in findings(counts, get_language() or "de", minimum=minimum)]


def answers_file(sheet: Sheet, answers: Iterable[Answers], kind: str, *, name: str) -> FileResponse:
    """The answers as `csv` or `json`, written row by row, or the `codebook` that explains them."""
    if kind == "json":
        return written(json_lines(sheet, answers), "application/json", f"{name}.json")
    if kind == "codebook":
        language = get_language() or "de"
        lines = codebook_lines(sheet, language, harmless=harmless, mark=BYTE_ORDER_MARK)
        return written(lines, _CSV, f"{name}-codebook.csv")
    return written(csv_lines(sheet, answers, harmless=harmless, mark=BYTE_ORDER_MARK), _CSV, f"{name}.csv")


def _result(finding: Finding, minimum: int) -> Result:
    few = _("zu wenige")
    bars = tuple(
        Bar(
            label=bar.words,
            value=few if bar.percent is None else _("%(percent)s %%") % {"percent": bar.percent},
            share=(bar.percent or 0) / 100,
        )
        for bar in finding.bars
    )
    rows = [(bar.words, few if bar.count is None else str(bar.count)) for bar in finding.bars]
    columns = (_("Antwort"), _("Menschen"))
    table = Table(caption=finding.title, columns=columns, rows=rows, numeric=frozenset({1})) if rows else None
    hidden = any(bar.count is None for bar in finding.bars)
    kept_back = _("„Zu wenige“ heißt: weniger als %(minimum)s Menschen, oder man könnte es ausrechnen.") % {
        "minimum": minimum
    }
    note = " ".join(filter(None, (finding.measure, kept_back if hidden else "")))
    return Result(finding.title, finding.sentence, bars, table, note)
