"""Two editors of one text, in real threads: neither loses what the other wrote, and nothing untrue is published."""

import pytest

from cast import LATER, NOW, ida, jörg, malik
from mitstadt.participation.drafting.actions.editions import publish_edition
from mitstadt.participation.drafting.actions.takings import note_for_edition, put_back, take_over
from mitstadt.participation.drafting.actions.working_copy import (
    PassageEdit,
    begin_next_edition,
    discard_next_edition,
    insert_after,
    revise,
)
from mitstadt.participation.drafting.models import Edition, Passage, Shape, Taking, WorkingPassage
from mitstadt.participation.drafting.tests.builders import opened, passage, wording_for
from mitstadt.spine.actions.answers import answer, correct_answer
from mitstadt.spine.actions.withdrawal import withdraw
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Answer, AnswerDecision, Link, Record
from mitstadt.spine.tests.at_once import at_once, seen_there
from mitstadt.spine.tests.conftest import shared_database  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)

ONE = "Für Kinder gibt es Wasser und Sand zum Spielen."
TWO = "Für Kinder gibt es einen Brunnen zum Spielen."


@pytest.fixture
def editors(shared_database):  # noqa: F811  # the fixture
    """A text with a draft, two wordings for one passage, and who writes on it; then the threads' database."""
    text, who = opened(), malik()
    water = passage(text, "Für Kinder")
    one, two = wording_for(water, ONE, actor=ida()), wording_for(water, TWO, actor=jörg())
    begin_next_edition(text, actor=who, now=NOW)
    made = Made(text, who, one, two, ida())
    shared_database()
    return made


class Made:
    """What the threads work on."""

    def __init__(self, text, who, one, two, author):
        self.text, self.who, self.one, self.two, self.author = text, who, one, two, author
        self.rows = {row.words.split()[0]: row.pk for row in text.working_passages.all()}

    def save(self, word, words):
        edit = PassageEdit(self.rows[word], words=words)
        return lambda: revise(self.text, actor=self.who, edits=[edit], now=NOW)

    def add(self, words):
        return lambda: insert_after(
            self.text, actor=self.who, after_id=None, level=2, shape=Shape.PARAGRAPH, words=words, now=NOW
        )

    def take(self, said):
        return lambda: take_over(said, actor=self.who, reason="Ja.", now=NOW)

    def publish(self):
        return publish_edition(self.text, actor=self.who, now=LATER)


def refusals(results):
    """What was refused; anything else that went wrong is a fault."""
    wrong = [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert wrong == []
    return sorted(one.reason for one in results if isinstance(one, Refused))


def words_there(text):
    """What stands in the draft and in all editions."""
    draft = list(WorkingPassage.objects.filter(text=text).values_list("words", flat=True))
    return draft + list(Passage.objects.filter(edition__text=text).values_list("body", flat=True))


def test_two_who_edit_a_text_at_once_lose_no_passage(editors):
    results = at_once([editors.add(f"Neu {number}.") for number in range(4)])

    assert refusals(results) == []
    assert seen_there(lambda: editors.text.working_passages.filter(words__startswith="Neu").count()) == 4


def test_two_who_save_different_passages_at_once_both_stand_there(editors):
    saves = [editors.save("Der", "Der Platz ist neu."), editors.save("Radfahrende", "Radfahrende steigen ab.")]

    assert refusals(at_once([*saves, editors.add("Ein Vorwort.")])) == []

    there = seen_there(lambda: words_there(editors.text))
    assert {"Der Platz ist neu.", "Radfahrende steigen ab.", "Ein Vorwort."} <= set(there)


def test_of_two_wordings_taken_at_once_one_stands_there_and_the_other_is_refused(editors):
    results = at_once([editors.take(editors.one), editors.take(editors.two)])

    assert refusals(results) == ["draft_reads_otherwise"]
    taken = seen_there(lambda: [row.contribution.wording for row in Taking.objects.select_related("contribution")])
    assert len(taken) == 1
    assert taken[0] in seen_there(lambda: words_there(editors.text))


def test_one_wording_taken_twice_at_once_is_taken_once(editors):
    assert refusals(at_once([editors.take(editors.one)] * 3)) == []
    assert seen_there(Taking.objects.count) == 1


def test_a_save_and_a_take_over_at_once_lose_neither(editors):
    results = at_once([editors.save("Für", "Für Kinder gibt es Schatten."), editors.take(editors.one)])

    there = seen_there(lambda: words_there(editors.text))
    if refusals(results):
        assert "Für Kinder gibt es Schatten." in there
    else:
        # The wording came first, and the hand wrote over it, as it may.
        assert "Für Kinder gibt es Schatten." in there
        assert seen_there(Taking.objects.count) == 1


def test_publishing_while_others_save_and_take_over_loses_and_invents_nothing(editors):
    deeds = [
        editors.publish,
        editors.save("Der", "Der Platz ist neu."),
        editors.take(editors.one),
        editors.add("Ein Vorwort."),
    ]

    results = at_once(deeds)
    reasons = refusals(results)

    def found():
        standing = words_there(editors.text)
        answered = Record.objects.get(pk=editors.one.pk).answer_state
        linked = Link.objects.filter(source_id=editors.one.pk, type="taken_up_in").exists()
        draft = list(editors.text.working_passages.values_list("words", flat=True))
        return draft, standing, answered, linked, Edition.objects.filter(text=editors.text).count()

    draft, standing, answered, linked, editions = seen_there(found)
    # A save that met a published draft is refused, and the page keeps its words.
    assert "Der Platz ist neu." in standing or "conflict" in reasons
    assert "Ein Vorwort." in standing or "conflict" in reasons
    assert "Wege" in draft or not draft
    assert ONE in standing or "draft_reads_otherwise" in reasons
    assert bool(answered) == linked
    assert editions == (1 if "unchanged" in reasons else 2)


def test_two_who_publish_at_once_publish_one_edition(editors):
    at_once([editors.save("Der", "Der Platz ist neu.")])

    results = at_once([editors.publish, editors.publish])

    assert refusals(results) == ["nothing_to_publish"]
    assert seen_there(lambda: Edition.objects.filter(text=editors.text).count()) == 2


def test_publishing_while_the_wording_is_withdrawn_answers_it_or_not_but_never_half(editors):
    at_once([editors.take(editors.one)])

    results = at_once([editors.publish, lambda: withdraw(editors.one, actor=editors.author, now=NOW)])

    assert refusals(results) == []
    answered, linked, given = seen_there(
        lambda: (
            Record.objects.get(pk=editors.one.pk).answer_state,
            Link.objects.filter(source_id=editors.one.pk, type="taken_up_in").exists(),
            Answer.objects.count(),
        )
    )
    assert (answered, linked, given) in {("taken_up", True, 1), ("", False, 0)}


def test_discarding_while_others_take_over_leaves_no_note_without_a_draft(editors):
    deeds = [
        lambda: discard_next_edition(editors.text, actor=editors.who, now=NOW),
        editors.take(editors.one),
        lambda: note_for_edition(editors.two, actor=editors.who, now=NOW),
        lambda: put_back(editors.one, actor=editors.who, now=NOW),
    ]

    assert set(refusals(at_once(deeds))) <= {"draft_reads_otherwise"}
    takings, draft = seen_there(lambda: (Taking.objects.count(), editors.text.working_passages.count()))
    assert draft or not takings


def test_two_answers_at_once_are_one_and_a_refusal_and_two_corrections_stay_in_order(editors):
    options = {"room": editors.text.home, "actor": editors.who, "decision": AnswerDecision.NOTED, "now": NOW}

    def answering(deed, reason):
        return lambda: deed([editors.one], reason=reason, **options)

    assert refusals(at_once([answering(answer, "A."), answering(answer, "B.")])) == ["answered_already"]
    assert refusals(at_once([answering(correct_answer, "C."), answering(correct_answer, "D.")])) == []
    assert seen_there(Answer.objects.count) == 3
    assert seen_there(lambda: Link.objects.filter(type="replaces").count()) == 3
