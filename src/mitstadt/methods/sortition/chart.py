"""A small drawing: everybody's probability without quotas, with them, and in the numbered lottery."""

from collections.abc import Sequence

from mitstadt.methods.sortition.numbered import NumberedLottery
from mitstadt.methods.sortition.solution import Solution

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 640, 320, 56, 44, 28, 16
_STEPS = 400


def probabilities_svg(solution: Solution, lottery: NumberedLottery | None = None) -> str:
    """Probabilities of all people from the lowest to the highest, as one SVG document."""
    ordered = sorted(range(len(solution.pool)), key=lambda i: (solution.probabilities[solution.pool.ids[i]], i))
    after = [solution.probabilities[solution.pool.ids[i]] for i in ordered]
    equal = solution.problem.size / len(solution.pool)
    top = max(*after, equal) * 1.05
    lines = [
        _step([equal] * len(ordered), top, colour="#6b7280", dash="4 3"),
        _step(after, top, colour="#00528c"),
    ]
    legend = [("#6b7280", f"before quotas: everyone {equal:.2%}"), ("#00528c", f"with quotas ({solution.objective})")]
    if lottery is not None:
        drawn = [lottery.times[i] / len(lottery.panels) for i in ordered]
        lines.append(_step(drawn, top, colour="#b45309", width=1))
        legend.append(("#b45309", f"{len(lottery.panels)} numbered panels"))
    title = f"Probability of each of {len(ordered)} people: lowest {after[0]:.2%}, highest {after[-1]:.2%}"
    body = "\n".join([_axes(top, len(ordered)), *lines, _legend(legend)])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="12">\n<title>{title}</title>\n'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _x(share: float) -> float:
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _y(share: float) -> float:
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _BOTTOM - _TOP)


def _step(values: Sequence[float], top: float, *, colour: str, dash: str = "", width: float = 2) -> str:
    """A line through at most so many points that the file stays small."""
    count = len(values)
    stride = max(1, count // _STEPS)
    places = [*range(0, count, stride), count - 1]
    points = " ".join(f"{_x((i + 0.5) / count):.1f},{_y(values[i] / top):.1f}" for i in dict.fromkeys(places))
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<polyline fill="none" stroke="{colour}" stroke-width="{width}"{dashed} points="{points}"/>'


def _axes(top: float, people: int) -> str:
    parts = []
    for tick in range(5):
        height = _y(tick / 4)
        parts.append(f'<path d="M{_LEFT} {height:.1f}H{_WIDTH - _RIGHT}" stroke="#e5e7eb"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{height + 4:.1f}" text-anchor="end">{top * tick / 4:.1%}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(
        f'<text x="{middle:.0f}" y="{_HEIGHT - 12}" text-anchor="middle">{people} people, least likely first</text>'
    )
    return "\n".join(parts)


def _legend(entries: Sequence[tuple[str, str]]) -> str:
    parts = []
    for place, (colour, text) in enumerate(entries):
        x = _LEFT + 12 + place * 190
        parts.append(f'<path d="M{x} 14h18" stroke="{colour}" stroke-width="3"/>')
        parts.append(f'<text x="{x + 24}" y="18">{text}</text>')
    return "\n".join(parts)
