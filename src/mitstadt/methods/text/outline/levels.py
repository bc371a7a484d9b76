"""Which heading lies below which: by explicit ranks, by the form of headings, and by the pattern they make together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from mitstadt.methods.text.outline.patterns import Heading, plain_levels
from mitstadt.methods.text.outline.words import is_closing

# Forms that outrank others wherever both occur; all other forms are ranked by which encloses which first.
OUTRANKING = {"part": 0, "chapter": 1, "underline=": 2}
OTHER_FORMS = 3
WEAK_FORMS = {"plain"}


def levels_of(headings: Sequence[Heading]) -> list[int]:
    """The level of each heading, 1 the highest, in order."""
    if not headings:
        return []
    if all(_explicit(heading) for heading in headings):
        ranks = sorted({heading.style for heading in headings})
        return [ranks.index(heading.style) + 1 for heading in headings]
    if all(heading.style in WEAK_FORMS for heading in headings):
        return plain_levels(headings)
    return _by_form(headings)


def _explicit(heading: Heading) -> bool:
    return len(heading.style) == 2 and heading.style[0] == "h" and heading.style[1].isdigit()


@dataclass(frozen=True, slots=True)
class _Form:
    """A family of headings; ``inner`` counts the dots of a number below its first."""

    family: str
    inner: int

    @property
    def rank(self) -> int:
        return OUTRANKING.get(self.family, OTHER_FORMS)


def _form(heading: Heading) -> _Form:
    if heading.style.startswith("decimal"):
        return _Form("decimal", int(heading.style[7:]) - 1)
    if _explicit(heading):
        return _Form("explicit", int(heading.style[1]) - 1)
    return _Form(heading.style, 0)


def _by_form(headings: Sequence[Heading]) -> list[int]:
    """Numbered and marked headings by form: a form first met below another lies below it everywhere.

    Plain headings lie below the marked heading before them, unless they stand before the first marked one or close
    the text ("Ausblick").
    """
    weak = set() if _plain_holds_numbered(headings) else WEAK_FORMS
    formed = [heading for heading in headings if heading.style not in weak and not _closes(heading)]
    base = _levels_of_forms([_form(heading) for heading in formed])
    levels: list[int] = []
    current = 0
    for heading in headings:
        if _closes(heading):
            levels.append(1)
        elif heading.style in weak:
            levels.append(current + 1 if current else 1)
        else:
            form = _form(heading)
            current = base[form.family] + form.inner
            levels.append(current)
    return _without_gaps(levels)


def _plain_holds_numbered(headings: Sequence[Heading]) -> bool:
    """Whether plain headings are the upper ones: one without text of its own stands right before a numbered one."""
    return any(
        upper.style in WEAK_FORMS and not upper.body_blocks and lower.style not in WEAK_FORMS
        for upper, lower in pairwise(headings)
    )


def _closes(heading: Heading) -> bool:
    return (heading.style in WEAK_FORMS or heading.style.startswith("label")) and is_closing(heading.text)


def _levels_of_forms(forms: Sequence[_Form]) -> dict[str, int]:
    """The level of every family, from the order in which the families enclose each other."""
    base: dict[str, int] = {}
    shallowest: dict[str, int] = {}
    for form in forms:
        shallowest[form.family] = min(form.inner, shallowest.get(form.family, form.inner))
    stack: list[_Form] = []
    for form in forms:
        if form.family in base:
            level = base[form.family] + form.inner
            stack = [open_form for open_form in stack if base[open_form.family] + open_form.inner < level]
        else:
            while stack and stack[-1].rank > form.rank:
                stack.pop()
            above = base[stack[-1].family] + stack[-1].inner if stack else 0
            base[form.family] = above + 1 - shallowest[form.family]
        stack.append(form)
    _push_down(base, forms)
    return base


def _push_down(base: dict[str, int], forms: Sequence[_Form]) -> None:
    """A family that outranks one met before it takes its level; the outranked one goes below."""
    families = {form.family: form.rank for form in forms}
    for family, rank in families.items():
        above = [base[other] for other, its in families.items() if its < rank]
        if above and base[family] <= min(above):
            base[family] += 1


def _without_gaps(levels: Sequence[int]) -> list[int]:
    used = sorted(set(levels))
    return [used.index(level) + 1 for level in levels]
