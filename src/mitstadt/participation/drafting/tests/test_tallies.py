"""The counts that are kept say what counting would say, whatever became of each record."""

from collections import Counter

import pytest

from cast import NOW, ayşe, ida, jörg, malik
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage
from mitstadt.spine import kinds
from mitstadt.spine.actions import answers, moderation, tallies, withdrawal
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.sorting import set_theme
from mitstadt.spine.models import UP, AnswerDecision, Comment, ModerationVerdict, Record, ReportReason, Tally
from mitstadt.spine.queries.comments import comment_threads
from mitstadt.spine.queries.tallies import by_channel, said_at, voices_in, waiting_in

pytestmark = pytest.mark.django_db


def kept():
    """All that is kept, cell by cell."""
    columns = ("place_id", "kind", "facet", "state", "answer_state", "channel")
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
    answers.answer(
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
