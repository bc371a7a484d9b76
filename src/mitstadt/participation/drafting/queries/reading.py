"""The text as it is read: editions, passages with how much is said at each, and what each passage came from."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet, Subquery
from django.http import Http404

from mitstadt.participation.drafting.links import CHANGED_TO, KEPT_AS
from mitstadt.participation.drafting.models import CoText, Edition, Passage, Shape
from mitstadt.participation.drafting.own_numbers import has_own_mark, numbered_heading
from mitstadt.spine.actors import Actor
from mitstadt.spine.links import MERGED_INTO, SPLIT_INTO
from mitstadt.spine.models import Link, Record, Translation
from mitstadt.spine.queries.parts import part_by_ref
from mitstadt.spine.queries.visibility import visible_to

DESCENT = (KEPT_AS, CHANGED_TO, SPLIT_INTO, MERGED_INTO)


@dataclass(frozen=True)
class ReadPassage:
    """A passage with its words in the language asked for, where they exist, and how much its own page shows."""

    passage: Passage
    title: str
    words: str
    # Of these words: that of the text, where the passage has none in the language asked for.
    language: str
    said: int = 0

    @property
    def has_own_mark(self) -> bool:
        """Whether it begins with the number or letter by which it is cited, so that it needs no bullet."""
        return has_own_mark(self.words)

    @property
    def heading(self) -> str:
        """As a heading, with its number once."""
        return numbered_heading(self.passage.number, self.words)


@dataclass(frozen=True)
class Reading:
    """One edition, ready to be read."""

    text: CoText
    edition: Edition
    editions: tuple[Edition, ...]
    passages: tuple[ReadPassage, ...]
    language: str
    languages: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title of the text in the language that is read."""
        found = self._title
        return found.words if found else self.text.title

    @property
    def title_language(self) -> str:
        """The language of these words."""
        found = self._title
        return found.language if found else self.text.language

    @property
    def _title(self) -> ReadPassage | None:
        return next((row for row in self.passages if row.passage.shape == Shape.TITLE), None)

    @property
    def is_translated(self) -> bool:
        """Whether this is another language than that in which the text is written."""
        return self.language != self.text.language

    @property
    def missing(self) -> int:
        """How many passages have no words in the language that is read: they stand there as they were written."""
        return sum(row.language != self.language for row in self.passages)

    @property
    def is_current(self) -> bool:
        """Whether there is no newer edition."""
        return self.edition.number == self.editions[-1].number


def text_by_ref(ref: str, *, actor: Actor) -> CoText:
    """The co-written text with this ref that the actor may see; anything else does not exist."""
    return part_by_ref(CoText.objects.all(), ref, actor=actor)


def reading(text: CoText, *, edition_number: int | None = None, language: str = "") -> Reading:
    """An edition of the text (the current one by default): four queries, six where others went before."""
    editions = tuple(text.editions.order_by("number"))
    wanted = [edition for edition in editions if edition_number in {None, edition.number}]
    if not wanted:
        raise Http404
    edition = wanted[-1]
    passages = list(edition.passages.order_by("position"))
    languages = tuple(
        Translation.objects.filter(record__as_passage__edition=edition)
        .order_by("language")
        .values_list("language", flat=True)
        .distinct()
    )
    words = _words(edition, language) if language in languages else {}
    said = _said_at(passages, text, is_first=edition.number == editions[0].number)
    return Reading(
        text=text,
        edition=edition,
        editions=editions,
        passages=tuple(_read(passage, words, language, said[passage.pk]) for passage in passages),
        language=language if words else text.language,
        languages=languages,
    )


def _words(edition: Edition, language: str) -> dict[int, str]:
    rows = Translation.objects.filter(record__as_passage__edition=edition, language=language)
    return dict(rows.values_list("record_id", "body"))


def _read(passage: Passage, words: dict[int, str], language: str, said: int) -> ReadPassage:
    translated = words.get(passage.pk)
    if translated:
        return ReadPassage(passage, passage.title, translated, language, said)
    return ReadPassage(passage, passage.title, passage.body, passage.language, said)


def words_in(passage: Passage, language: str) -> str:
    """The words of one passage in that language; empty where it has none, or is written in it."""
    rows = Translation.objects.filter(record_id=passage.pk, language=language)
    return rows.values_list("body", flat=True).first() or ""


def _said_at(passages: list[Passage], text: CoText, *, is_first: bool) -> dict[int, int]:
    """What was said at each passage and at those it descends from, as its own page counts: two queries, or none."""
    if is_first:
        return {passage.pk: passage.contribution_count for passage in passages}
    spoken = Passage.objects.filter(part=text.pk, contribution_count__gt=0)
    counts = dict(spoken.values_list("pk", "contribution_count"))
    before: dict[int, list[int]] = {}
    steps = Link.objects.filter(target__as_passage__part=text.pk, type__in=DESCENT)
    for target, source in steps.values_list("target_id", "source_id"):
        before.setdefault(target, []).append(source)
    return {passage.pk: sum(counts.get(pk, 0) for pk in _line_of(passage.pk, before)) for passage in passages}


def _line_of(passage: int, before: dict[int, list[int]]) -> set[int]:
    """A passage and all that it descends from, each once."""
    line: set[int] = set()
    rest = [passage]
    while rest:
        one = rest.pop()
        if one not in line:
            line.add(one)
            rest.extend(before.get(one, ()))
    return line


def passage_in(text_ref: str, passage_ref: str, *, actor: Actor) -> Passage:
    """A passage of this very text; the ref of a passage elsewhere leads nowhere."""
    passages = Passage.objects.select_related("edition", "room__host", "part__room").prefetch_related("part__phases")
    found = visible_to(actor, passages).filter(part__ref=text_ref, ref=passage_ref).first()
    if found is None:
        raise Http404
    return found


def predecessors_of(passage: Passage) -> list[Passage]:
    """The passages of all earlier editions that this one descends from, latest first; one query for each edition."""
    found: list[Passage] = []
    generation = [passage.pk]
    while generation:
        before = list(_before(generation))
        found.extend(before)
        generation = [earlier.pk for earlier in before]
    return found


def _before(generation: list[int]) -> QuerySet[Passage]:
    sources = Link.objects.filter(target_id__in=generation, type__in=DESCENT).values("source_id")
    return Passage.objects.filter(pk__in=sources).select_related("edition").order_by("-edition__number", "position")


def successors_of(passage: Passage) -> list[tuple[Link, Passage]]:
    """What became of a passage in the next edition."""
    links = list(Link.objects.filter(source_id=passage.pk, type__in=DESCENT))
    targets = [link.target_id for link in links]
    passages = {row.pk: row for row in Passage.objects.keyed(targets).select_related("edition")}
    return [(link, passages[link.target_id]) for link in links if link.target_id in passages]


def is_of_the_newest_edition(record: Record) -> bool:
    """Whether this passage stands in the text as it reads now; one query."""
    newest = Edition.objects.filter(text=record.part_id).order_by("-number").values("pk")[:1]
    return Passage.objects.keyed([record.pk]).filter(edition=Subquery(newest)).exists()
