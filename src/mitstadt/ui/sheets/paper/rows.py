"""What a question takes on paper: rows of a known height, each of which knows how to stand at a place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from mitstadt.ground.sheets import questions as q
from mitstadt.ground.sheets.options import Option, condition_words, options_of
from mitstadt.ui.sheets.paper.measuring import MM_PER_PT, broken
from mitstadt.ui.sheets.paper.table import LEFT, RIGHT, Box, Cells, Item, Text, Writing

LEADING = 1.3
_TABLE_COLUMNS = 4
_PER_LINE = 60
_TEN = 10


@dataclass(frozen=True)
class Style:
    """The measures of a print: plain or large, in one language or two."""

    languages: tuple[str, ...]
    large: bool
    # Led by pictures, for children.
    pictured: bool = False

    @property
    def size(self) -> float:
        """Of the words, in points."""
        return 18.0 if self.large else 14.0 if self.pictured else 10.5

    @property
    def box(self) -> float:
        """The side of a box to cross."""
        return 7.0 if self.large or self.pictured else 5.0

    @property
    def picture(self) -> float:
        """The side of the picture beside a box."""
        return 13.0 if self.pictured else self.box

    @property
    def pitch(self) -> float:
        """From one box to the next."""
        return max(self.box + 6.5, self.picture + 2.0 if self.pictured else 0.0)

    @property
    def columns(self) -> list[tuple[str, float, float]]:
        """Language, left edge and width of each column of words."""
        width = (RIGHT - LEFT - 6.0 * (len(self.languages) - 1)) / len(self.languages)
        return [(language, LEFT + place * (width + 6.0), width) for place, language in enumerate(self.languages)]


@dataclass(frozen=True)
class PaperRow:
    """Something of this height; `stand(y)` says what stands where, when its top is at y."""

    height: float
    stand: Callable[[float], Sequence[Item]]


Words = Callable[[str], str]


def line_height(size: float) -> float:
    """From one line of words to the next, in millimetres."""
    return size * LEADING * MM_PER_PT


def text_row(
    style: Style,
    words: Words,
    *,
    size: float = 0,
    role: str = "p",
    bold: bool = False,
    indent: float = 0,
    after: float = 1.5,
) -> PaperRow:
    """Words in each language, side by side; `indent` makes room for a box before the first."""
    size = size or style.size
    texts = []
    for place, (language, x, width) in enumerate(style.columns):
        shift = 0 if place else indent
        lines = broken(words(language), width - shift, size, bold=bold)
        texts.append(Text(x + shift, 0, width - shift, lines, size, role, language, bold))
    texts = [text for text in texts if any(text.lines)]
    tallest = max((len(text.lines) for text in texts), default=0)
    return PaperRow(tallest * line_height(size) + after if tallest else 0, lambda y: [_at(text, y) for text in texts])


def _at(text: Text, y: float) -> Text:
    return Text(text.x, y, text.width, text.lines, text.size_pt, text.role, text.language, text.bold)


def question_rows(sheet: q.Sheet, question: q.Question, style: Style, *, role: str = "h3") -> list[PaperRow]:
    """The whole question: when it is asked, its sentence, help and reason, and what is filled in."""
    number = sheet.numbers[question.key]
    rows = [
        text_row(
            style,
            lambda lang: " ".join(condition_words(sheet, one, lang) for one in question.only_if),
            size=style.size * 0.9,
        ),
        text_row(style, lambda lang: f"{number}. {question.asks.spoken_in(lang)}", role=role, bold=True),
        text_row(style, lambda lang: _help(question, lang), size=style.size * 0.9),
        *answer_rows(question, style),
        PaperRow(4.0, lambda _y: []),
    ]
    return [row for row in rows if row.height]


def _conditions(sheet: q.Sheet, question: q.Question, language: str) -> str:
    return " ".join(condition_words(sheet, one, language) for one in question.only_if)


def answer_rows(question: q.Question, style: Style) -> list[PaperRow]:
    """What is filled in."""
    match question:
        case q.Matrix():
            return _matrix_rows(question, style)
        case q.Scale():
            return [_scale_row(question, style)]
        case q.Ranking() | q.Points():
            digits = 1 if isinstance(question, q.Ranking) and question.places < _TEN else len(str(_most(question)))
            return [
                _cells_row(style, question, option.key, option.words, digits) for option in _options(question, style)
            ]
        case q.Number():
            digits = len(str(question.highest)) if question.highest else 6
            return [_cells_row(style, question, "", question.unit.spoken_in, digits + question.decimals)]
        case q.Moment():
            return [_moment_row(question, style)]
        case q.File():
            enclosed = _Option("enclosed", lambda lang: _in(lang, lambda: _("liegt bei")))
            return [_choice_row(style, question.key, enclosed)]
        case q.LongText():
            by_length = min(max(question.most // (2 * _PER_LINE), 4), 12)
            return [_writing_row(style, question, question.lines or by_length)]
        case q.ShortText():
            return [_writing_row(style, question, 1)]
        case q.Place():
            return [_writing_row(style, question, 2)]
    return [_choice_row(style, question.key, option) for option in _options(question, style)]


@dataclass(frozen=True)
class _Option:
    key: str
    words: Words
    picture: str = ""
    number: int = 0


def _options(question: q.Question, style: Style) -> Iterator[_Option]:
    told = {language: options_of(question, language) for language in style.languages}
    first = told[style.languages[0]]
    for place, option in enumerate(first):
        yield _Option(option.key, _words_at(told, place), option.picture, place + 1)


def _words_at(told: dict[str, tuple[Option, ...]], place: int) -> Words:
    return lambda language: told[language][place].words


def _most(question: q.Ranking | q.Points) -> int:
    return question.places if isinstance(question, q.Ranking) else question.total


def _choice_row(style: Style, question: str, option: _Option, *, row: str = "") -> PaperRow:
    """A box, the picture if there is one, and the words beside it in each language."""
    indent = style.box + 4.0
    picture = style.picture + 4.0 if option.picture else 0.0
    tall = style.picture if option.picture or style.pictured else style.box
    lift, down = (tall - line_height(style.size)) / 2, (tall - style.box) / 2
    words = text_row(style, option.words, indent=indent + picture, after=0)

    def stand(y: float) -> list[Item]:
        box: list[Item] = [Box(LEFT, y + down, style.box, question, option.key, row)]
        box += _key(style, LEFT, y + down, option.number)
        if option.picture:
            big = style.picture / MM_PER_PT / LEADING * 1.2
            box.append(Text(LEFT + indent, y, picture + 4, (option.picture,), big, "picture", style.languages[0]))
        return [*box, *words.stand(y + max(lift, 0))]

    return PaperRow(max(style.pitch, words.height + 2.0), stand)


def _key(style: Style, x: float, y: float, number: int) -> list[Item]:
    """The number that the desk keys for a box, small beside it."""
    if not number:
        return []
    size = style.size * 0.62
    return [Text(x + style.box + 0.8, y, 4.0, (str(number),), size, "p", style.languages[0])]


def _scale_row(question: q.Scale, style: Style) -> PaperRow:
    """The steps in one line with their numbers below, and under it what the ends mean."""
    pitch = (RIGHT - LEFT - style.box) / max(len(question.steps) - 1, 9)
    size = style.size
    ends = text_row(style, lambda lang: _ends(question, lang), size=size * 0.9)

    def stand(y: float) -> list[Item]:
        items: list[Item] = []
        for place, step in enumerate(question.steps):
            x = LEFT + place * pitch
            items.append(Box(x, y, style.box, question.key, str(step)))
            items.append(Text(x, y + style.box + 1, pitch, (str(step),), size, "p", style.languages[0]))
        return [*items, *ends.stand(y + style.box + 2 + line_height(size))]

    return PaperRow(style.box + 2 + line_height(size) + ends.height, stand)


def _ends(question: q.Scale, language: str) -> str:
    low, high = question.low_words.spoken_in(language), question.high_words.spoken_in(language)
    return f"{question.lowest} = {low}, {question.highest} = {high}"


def _matrix_rows(question: q.Matrix, style: Style) -> list[PaperRow]:
    """A table where it fits, else each row as a question of its own."""
    if len(style.languages) == 1 and not style.large and len(question.choices) <= _TABLE_COLUMNS:
        return _table_rows(question, style)
    rows: list[PaperRow] = []
    for row in question.rows:
        rows.append(text_row(style, row.words.spoken_in, bold=True, after=2.5))
        rows += [_choice_row(style, question.key, option, row=row.key) for option in _options(question, style)]
    return rows


def _table_rows(question: q.Matrix, style: Style) -> list[PaperRow]:
    language, label = style.languages[0], 70.0
    column = (RIGHT - LEFT - label) / len(question.choices)
    heads = [
        Text(LEFT + label + place * column, 0, column - 3, lines, style.size, "p", language)
        for place, option in enumerate(_options(question, style))
        if (lines := broken(option.words(language), column - 3, style.size))
    ]
    tallest = max(len(head.lines) for head in heads) * line_height(style.size)
    rows = [PaperRow(tallest + 2, lambda y: [_at(head, y) for head in heads])]
    return rows + [_table_row(question, style, row, label, column) for row in question.rows]


def _table_row(question: q.Matrix, style: Style, row: q.Choice, label: float, column: float) -> PaperRow:
    lines = broken(row.words.spoken_in(style.languages[0]), label - 4, style.size)

    def stand(y: float) -> list[Item]:
        words = Text(LEFT, y, label - 4, lines, style.size, "p", style.languages[0])
        items: list[Item] = [words]
        for place, choice in enumerate(question.choices):
            x = LEFT + label + place * column
            items += [Box(x, y, style.box, question.key, choice.key, row.key), *_key(style, x, y, place + 1)]
        return items

    return PaperRow(max(style.pitch, len(lines) * line_height(style.size) + 2), stand)


def _cells_row(style: Style, question: q.Question, row: str, words: Words, digits: int) -> PaperRow:
    """Places for the digits of a number, with words beside them."""
    width, height = (10.0, 12.0) if style.large else (7.0, 9.0)
    beside = text_row(style, words, indent=width * digits + 4, after=0)

    def stand(y: float) -> list[Item]:
        cells = Cells(LEFT, y, width, height, digits, question.key, row)
        return [cells, *beside.stand(y + (height - line_height(style.size)) / 2)]

    return PaperRow(max(height + 3, beside.height + 4), stand)


_MOMENTS = {q.MomentParts.DATE: (8, (2, 4)), q.MomentParts.TIME: (4, (2,)), q.MomentParts.BOTH: (12, (2, 4, 8, 10))}


def _moment_row(question: q.Moment, style: Style) -> PaperRow:
    count, gaps = _MOMENTS[question.parts]
    width, height = (9.0, 12.0) if style.large else (7.0, 9.0)
    hint = text_row(style, lambda lang: _in(lang, lambda: _how_of(question.parts)), size=style.size * 0.9)

    def stand(y: float) -> list[Item]:
        return [*hint.stand(y), Cells(LEFT, y + hint.height, width, height, count, question.key, "", gaps)]

    return PaperRow(hint.height + height + 3, stand)


def _how_of(parts: q.MomentParts) -> str:
    return {
        q.MomentParts.DATE: _("Tag, Monat, Jahr"),
        q.MomentParts.TIME: _("Stunde, Minute"),
        q.MomentParts.BOTH: _("Tag, Monat, Jahr, Stunde, Minute"),
    }[parts]


def _writing_row(style: Style, question: q.Question, count: int) -> PaperRow:
    pitch = 13.0 if style.large else 9.0
    return PaperRow(count * pitch + 2, lambda y: [Writing(LEFT, y, RIGHT - LEFT, pitch, count, question.key)])


def _help(question: q.Question, language: str) -> str:
    told = [question.help.spoken_in(language), _in(language, lambda: _how(question))]
    if question.why:
        told.append(_in(language, lambda: _("Warum wir fragen: %(why)s") % {"why": question.why.spoken_in(language)}))
    return "\n".join(line for line in told if line)


def _how(question: q.Question) -> str:
    match question:
        case q.SeveralOf() if question.most:
            return _("Höchstens %(most)s Kreuze.") % {"most": question.most}
        case q.SeveralOf():
            return _("Sie können mehrere ankreuzen.")
        case q.Ranking():
            return _("Schreiben Sie eine 1 an das Wichtigste, dann 2, bis %(most)s.") % {"most": question.places}
        case q.Points():
            return _("Verteilen Sie %(total)s Punkte, so wie Sie wollen.") % {"total": question.total}
        case q.Place():
            return _("Straße und Nummer, oder in Worten.")
        case q.File():
            return _("Legen Sie höchstens %(most)s Fotos bei.") % {"most": question.most}
    return ""


def _in(language: str, words: Callable[[], str]) -> str:
    with override(language):
        return words()
