"""Pictures of results as SVG text: no script, no style sheet, readable without colour, the figures written out."""

from html import escape
from textwrap import wrap

from mitstadt.methods.budgeting.comparison import Comparison
from mitstadt.methods.budgeting.explanation import ProjectExplanation
from mitstadt.methods.budgeting.outcome import Outcome

WIDTH = 900
ROW = 22
LONGEST_LINE = 110
INK, WON, LOST, FAINT = "#171a1c", "#154194", "#c9ccd1", "#f1f2f4"
FONT = 'font-family="sans-serif" font-size="13"'


def draw_outcome(outcome: Outcome, explanations: tuple[ProjectExplanation, ...]) -> str:
    """Every project as a bar of its cost, winners first, with votes and what losers lacked.

    Parameters
    ----------
    outcome : Outcome
    explanations : tuple of ProjectExplanation
        As `explain` returns them.

    Returns
    -------
    str
        An SVG document.
    """
    ordered = sorted(explanations, key=lambda e: (e.place is None, e.place or 0, -e.votes))
    names = {p.id: p.name for p in outcome.election.projects}
    title = (
        f"{len(outcome.winners)} of {len(explanations)} projects funded for {float(outcome.cost):,.2f} "
        f"of {float(outcome.election.budget):,.2f}"
    )
    dearest = max((float(e.cost) for e in ordered), default=1.0) or 1.0
    variant = wrap(outcome.variant, LONGEST_LINE)
    top = 46 + 18 * len(variant)
    parts = [_text(10, 24, title, size=17), *(_text(10, 46 + 18 * line, told) for line, told in enumerate(variant))]
    for line, e in enumerate(ordered):
        parts += _bar(e, names[e.project], top=top + line * ROW, scale=260 / dearest)
    return _svg(parts, height=top + 16 + len(ordered) * ROW, title=title)


def _bar(e: ProjectExplanation, name: str, *, top: int, scale: float) -> list[str]:
    label = f"{e.place}. " if e.place else ""
    shown = f"{label}{e.project} {name}"
    told = f"{float(e.cost):,.0f} · {e.votes:,} votes"
    if e.shortfall is not None and e.shortfall.missing > 0:
        told += f" · {e.shortfall.missing:,.0f} missing"
    width = max(1.0, float(e.cost) * scale)
    fill = WON if e.won else LOST
    return [
        _text(10, top + 14, shown if len(shown) <= 48 else shown[:47] + "…"),
        f'<rect x="370" y="{top + 2}" width="{width:.1f}" height="{ROW - 7}" fill="{fill}" stroke="{INK}" '
        f'stroke-width="{0 if e.won else 1}"/>',
        _text(378 + width, top + 14, told),
    ]


def draw_comparison(comparison: Comparison) -> str:
    """Rules as columns, projects as rows, a filled square where the rule funds the project.

    Parameters
    ----------
    comparison : Comparison

    Returns
    -------
    str
        An SVG document.
    """
    election, rows = comparison.election, comparison.rows
    funded = [p for p in range(len(election.projects)) if any(p in r.outcome.stage_of for r in rows)]
    funded.sort(key=lambda p: (-sum(p in r.outcome.stage_of for r in rows), -int(election.votes[p])))
    before, _, after = comparison.sentence.partition("; ")
    parts = [_text(10, 24, f"{before};"), _text(10, 42, after)]
    for column, row in enumerate(rows):
        left = 400 + column * 100
        m = row.measures
        for line, told in enumerate(
            (*_two_lines(row.label), f"{len(row.outcome.winners)} projects", f"{100 * m.with_a_project:.1f} % with one")
        ):
            parts.append(_text(left, 70 + line * 16, told, size=11))
    for line, project in enumerate(funded):
        top = 138 + line * ROW
        p = election.projects[project]
        shown = f"{p.id} {p.name}"
        parts.append(_text(10, top + 14, shown if len(shown) <= 50 else shown[:49] + "…"))
        for column, row in enumerate(rows):
            won = project in row.outcome.stage_of
            parts.append(
                f'<rect x="{400 + column * 100}" y="{top + 2}" width="60" height="{ROW - 6}" '
                f'fill="{WON if won else FAINT}"><title>{escape(row.label)}: {"funded" if won else "not funded"}'
                "</title></rect>"
            )
    return _svg(parts, height=158 + len(funded) * ROW, title=comparison.sentence)


def _two_lines(label: str) -> tuple[str, str]:
    words = label.split()
    half = (len(words) + 1) // 2
    return " ".join(words[:half]), " ".join(words[half:])


def _text(x: float, y: float, words: str, *, size: int = 13) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{INK}">{escape(_printable(words))}</text>'


def _printable(words: str) -> str:
    """Without control characters, which XML does not allow."""
    return "".join(c if c.isprintable() else " " for c in words)


def _svg(parts: list[str], *, height: int, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" {FONT}>\n<title>{escape(_printable(title))}</title>\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )
