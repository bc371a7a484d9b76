"""The counts that are kept say what counting would say, whatever became of each record."""

from collections import Counter

import pytest

from cast import NOW, ayşe, ida, jörg, malik
from mitstadt.participation.drafting.board import where_most_waits
from mitstadt.participation.drafting.queries.contributions import desk_list, desk_rows
from mitstadt.participation.drafting.synopsis.queries import synopsis_of
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage
from mitstadt.spine import kinds
from mitstadt.spine.actions import answers, moderation, tallies, withdrawal
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.merging import merge, separate
from mitstadt.spine.actions.sorting import set_theme
from mitstadt.spine.actions.splitting import split
from mitstadt.spine.models import UP, AnswerDecision, Comment, ModerationVerdict, Record, ReportReason, Tally
from mitstadt.spine.queries.answering import Narrowed, answer_counts
from mitstadt.spine.queries.comments import comment_threads
from mitstadt.spine.queries.promises import unanswered
from mitstadt.spine.queries.tallies import by_channel, said_at, voices_in, waiting_in
from mitstadt.spine.queries.waiting import total_of, waiting_ages

pytestmark = pytest.mark.django_db


def kept():
    """All that is kept, cell by cell."""
    columns = ("place_id", "kind", "facet", "state", "answer_state", "channel", "moved_on", "is_piece")
    return Counter({tuple(row[:-1]): row[-1] for row in Tally.objects.values_list(*columns, "count") if row[-1]})


def counted():
    """The same, counted from the records."""
    return tallies.cells_of(list(Record.objects.filter(kind__in=kinds.answerable_kinds())))


@pytest.fixture
def text():
    """A text to which something happened in every way that changes a count."""
    text = opened()
    where, roads = passage(text, "Für Kinder"), passage(text, "Radfahrende")
    plain, answered, themed, hidden, back, withdrawn, erased = (
        comment_at(at, actor=jörg(), body=f"Nummer {number}")
        for number, at in enumerate([where, where, where, roads, roads, roads, roads])
    )
    answers.answer(
        [answered], room=text.home, actor=malik(), decision=AnswerDecision.PARTLY, reason="Zum Teil.", now=NOW
    )
    answers.correct_answer(
        [answered], room=text.home, actor=malik(), decision=AnswerDecision.NOT, reason="Doch nicht.", now=NOW
    )
    set_theme(text, [plain, themed], actor=malik(), theme="Wasser", now=NOW)
    set_theme(text, [plain], actor=malik(), theme="", now=NOW)
    hide(hidden)
    case = hide(back)
    made = moderation.appeal(case, actor=jörg(), text="Nein.", now=NOW)
    moderation.decide_appeal(made, actor=malik(), upheld=True, reason="Stimmt.", now=NOW)
    withdrawal.withdraw(withdrawn, actor=jörg(), now=NOW)
    withdrawal.erase(erased, actor=jörg(), now=NOW)
    return text


def hide(record):
    """Ayşe hides it."""
    case = moderation.open_case(record, now=NOW)
    return moderation.decide(
        case, actor=ayşe(), verdict=ModerationVerdict.HIDE, rule=ReportReason.INSULT, reason="Regel 1.", now=NOW
    )


def test_what_is_kept_is_what_counting_finds(text):
    assert kept() == counted()
    assert sum(kept().values()) > 0


def test_what_was_merged_waits_where_it_went_and_what_was_split_waits_in_its_pieces(text):
    where = passage(text, "Der Platz")
    source, target, whole = (comment_at(where, actor=ida(), body=words) for words in ("A.", "B.", "C. D."))
    before = (waiting_in([text.pk])[text.pk], voices_in([text.room_id])[text.room_id], by_channel(text.room_id))
    merge([source], target, actor=malik(), reason="Dasselbe.", now=NOW)
    pieces = split(whole, ["C.", "D."], actor=malik(), reason="Zweierlei.", now=NOW)

    def waiting():
        """The same everywhere: the list, its tab, the promise, the ages, the places."""
        desk = desk_list(text, Narrowed(only_unanswered=True))
        counts = {
            len(desk),
            len(list(desk[0:99])),
            desk_rows(text, Narrowed(only_unanswered=True)).count(),
            answer_counts(text)[""],
            waiting_in([text.pk])[text.pk],
            unanswered(text.home),
            total_of(waiting_ages(text.home, now=NOW).values()),
            synopsis_of(text).counts.unanswered,
            sum(one.count for one in where_most_waits(text, NOW)[0].rows),
        }
        assert len(counts) == 1, counts
        assert kept() == counted()
        return counts.pop()

    # One of the two that were merged no longer waits; of the split one wait the pieces, one more than before.
    assert waiting() == before[0] - 1 - 1 + 2
    assert (voices_in([text.room_id])[text.room_id], by_channel(text.room_id)) == before[1:]
    assert synopsis_of(text).counts.went_on == 2
    assert sum(answer_counts(text).values()) == len(desk_list(text))

    answers.answer([target], room=text.home, actor=malik(), decision=AnswerDecision.NOTED, reason="Ja.", now=NOW)
    assert waiting() == before[0] - 2 - 1 + 2
    answers.answer(pieces, room=text.home, actor=malik(), decision=AnswerDecision.NOTED, reason="Ja.", now=NOW)
    assert waiting() == before[0] - 3
    assert {Record.objects.get(pk=one.pk).answer_state for one in (source, whole)} == {"noted"}


def test_what_was_merged_waits_again_for_itself_when_it_is_parted_or_the_other_goes(text):
    where = passage(text, "Der Platz")
    one, two, target, gone = (comment_at(where, actor=ida(), body=f"Nummer {number}") for number in range(4))
    before = waiting_in([text.pk])[text.pk]
    merge([one], target, actor=malik(), reason="Dasselbe.", now=NOW)
    merge([two], gone, actor=malik(), reason="Dasselbe.", now=NOW)
    assert waiting_in([text.pk])[text.pk] == before - 2

    separate(one, actor=malik(), reason="Doch nicht.", now=NOW)
    withdrawal.withdraw(gone, actor=ida(), now=NOW)

    assert waiting_in([text.pk])[text.pk] == before - 1
    assert kept() == counted()


def test_making_the_table_anew_changes_nothing(text):
    before = kept()

    tallies.recount_all(batch=2)

    assert kept() == before


def test_what_is_no_longer_up_is_no_voice_and_waits_for_nothing(text):
    assert voices_in([text.room_id]) == {text.room_id: 4}
    assert waiting_in([text.room_id, text.pk]) == {text.room_id: 3, text.pk: 3}
    assert said_at([text.pk], facet="theme:Wasser") == {text.pk: 1}
    assert by_channel(text.room_id) == {"web": 4}


def test_a_thread_counts_while_it_is_up_or_has_replies():
    said = comment_at(passage(opened(), "Für Kinder"), actor=jörg())
    roots = [comment(said, actor=ida(), text=f"Nummer {number}", now=NOW) for number in range(3)]
    reply = comment(said, actor=jörg(), text="Antwort", now=NOW, reply_to=roots[0])

    def shown():
        page, threads = comment_threads(said)
        assert page.paginator.count == len(threads)
        return {thread.comment.pk for thread in threads}

    withdrawal.withdraw(roots[0], actor=ida(), now=NOW)
    withdrawal.withdraw(roots[1], actor=ida(), now=NOW)
    assert shown() == {roots[0].pk, roots[2].pk}
    withdrawal.withdraw(reply, actor=jörg(), now=NOW)
    assert shown() == {roots[2].pk}
    assert Record.objects.get(pk=said.pk).comment_count == Comment.objects.filter(target=said.pk, state__in=UP).count()
