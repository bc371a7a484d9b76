"""The description of a sheet: sections of questions, each of one kind. Frozen; `stored` writes and reads it as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from mitstadt.ground.sheets.words import Words

NO_WORDS = Words()
MOST_SHORT, MOST_LONG = 200, 20_000


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer that may be chosen. Its picture is a single emoji, which screens and our printing faces both have."""

    key: str
    words: Words
    picture: str = ""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Only if an earlier question was answered with any of these."""

    question: str
    any_of: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """What every question has: its sentence, help, why it is asked, and when. All conditions must hold."""

    KIND: ClassVar[str] = ""

    key: str
    asks: Words
    help: Words = NO_WORDS
    why: Words = NO_WORDS
    required: bool = False
    only_if: tuple[Condition, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Choosing(Question):
    """A question with answers to choose from."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class OneOf(Choosing):
    """One of many."""

    KIND: ClassVar[str] = "one_of"


@dataclass(frozen=True, kw_only=True)
class SeveralOf(Choosing):
    """Several of many, at least and at most so many; 0 for `most` means all."""

    KIND: ClassVar[str] = "several_of"

    least: int = 0
    most: int = 0


@dataclass(frozen=True, kw_only=True)
class Scale(Question):
    """A step between two ends, which have words."""

    KIND: ClassVar[str] = "scale"

    lowest: int = 1
    highest: int = 5
    low_words: Words
    high_words: Words

    @property
    def steps(self) -> range:
        """All steps."""
        return range(self.lowest, self.highest + 1)


@dataclass(frozen=True, kw_only=True)
class Number(Question):
    """A number with its unit, with so many places behind the comma."""

    KIND: ClassVar[str] = "number"

    unit: Words = NO_WORDS
    lowest: int | None = None
    highest: int | None = None
    decimals: int = 0


class MomentParts(StrEnum):
    """What of a moment is asked."""

    DATE = "date"
    TIME = "time"
    BOTH = "both"


@dataclass(frozen=True, kw_only=True)
class Moment(Question):
    """A date, a time, or both."""

    KIND: ClassVar[str] = "moment"

    parts: MomentParts = MomentParts.DATE


@dataclass(frozen=True, kw_only=True)
class ShortText(Question):
    """A line."""

    KIND: ClassVar[str] = "short_text"

    most: int = MOST_SHORT


@dataclass(frozen=True, kw_only=True)
class LongText(Question):
    """Several sentences; `lines` is how many there are on paper, 0 for as many as its length asks for."""

    KIND: ClassVar[str] = "long_text"

    most: int = 2_000
    lines: int = 0


@dataclass(frozen=True, kw_only=True)
class Place(Question):
    """A place: a point or an area on the web, words everywhere."""

    KIND: ClassVar[str] = "place"


@dataclass(frozen=True, kw_only=True)
class File(Question):
    """Photos or documents on the web; on paper something to enclose."""

    KIND: ClassVar[str] = "file"

    most: int = 1


@dataclass(frozen=True, kw_only=True)
class Ranking(Choosing):
    """The best first, at most so many places; 0 means all."""

    KIND: ClassVar[str] = "ranking"

    most: int = 0

    @property
    def places(self) -> int:
        """How many places there are."""
        return self.most or len(self.choices)


@dataclass(frozen=True, kw_only=True)
class Matrix(Choosing):
    """The same choice for each of several rows."""

    KIND: ClassVar[str] = "matrix"

    rows: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class Stance(Question):
    """Agree, disagree, or pass."""

    KIND: ClassVar[str] = "stance"
    ANSWERS: ClassVar[tuple[str, ...]] = ("agree", "disagree", "pass")


@dataclass(frozen=True, kw_only=True)
class Points(Choosing):
    """So many points to distribute; a required question wants all of them given."""

    KIND: ClassVar[str] = "points"

    total: int = 10


KINDS: dict[str, type[Question]] = {
    kind.KIND: kind
    for kind in (
        OneOf, SeveralOf, Scale, Number, Moment, ShortText, LongText,
        Place, File, Ranking, Matrix, Stance, Points,
    )
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Section:
    """Questions that belong together; on the web a page of its own."""

    key: str
    title: Words
    lead: Words = NO_WORDS
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What is asked, in the order in which it is asked. `one_page` puts all of it on one page of the web."""

    key: str
    title: Words
    lead: Words = NO_WORDS
    sections: tuple[Section, ...]
    one_page: bool = False
    numbers: dict[str, int] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        numbers = {question.key: number for number, question in enumerate(self.questions, 1)}
        object.__setattr__(self, "numbers", numbers)

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions of all sections."""
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, key: str) -> Question | None:
        """The question with this key."""
        return next((question for question in self.questions if question.key == key), None)
