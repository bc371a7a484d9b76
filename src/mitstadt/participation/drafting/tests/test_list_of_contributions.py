"""Everybody sees all that was said in a process, narrowed as they like, and a bundled answer once."""

import re
from datetime import timedelta

import pytest

from cast import AFTER_THE_PHASE, NOW, ida, jörg, malik
from mitstadt.participation.drafting.actions.contributions import Said, contribute
from mitstadt.participation.drafting.models import ContributionForm
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage, wording_for
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.actions.merging import merge
from mitstadt.spine.actions.sorting import set_theme
from mitstadt.spine.actions.supports import support
from mitstadt.spine.actions.withdrawal import withdraw
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import AnswerDecision, Record, RecordState
from mitstadt.spine.queries import said as said_queries
from mitstadt.spine.queries.ordering import Order
from mitstadt.spine.queries.said import WAITING, Narrowing, SaidList
from visits import on_day

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


@pytest.fixture
def text(monkeypatch):
    on_day(monkeypatch)
    return opened()


@pytest.fixture
def voices(text):
    """Five contributions, a minute after each other: two comments, a question, a wording, one that was taken back."""
    where, roads = passage(text, "Für Kinder"), passage(text, "Radfahrende")
    first = comment_at(where, actor=jörg(), body="Mehr Schatten")
    second = comment_at(roads, actor=jörg(), body="Breiter, bitte")
    asked = contribute(where, actor=ida(), said=Said(ContributionForm.QUESTION, "Wann ist das Wasser an?"), now=NOW)
    worded = wording_for(roads, "Die Wege sind eben, hell und breit.", actor=ida())
    gone = comment_at(where, actor=jörg(), body="Doch nicht")
    withdraw(gone, actor=jörg(), now=NOW)
    made = [first, second, asked, worded]
    for minute, one in enumerate(made):
        one.created_at = NOW + timedelta(minutes=minute)
        one.save(update_fields=["created_at"])
    return made


def listed(text, order=Order.NEWEST, **wanted):
    found = SaidList([text.pk], RecordState.PUBLISHED, Narrowing(**wanted), order)
    rows = list(found[:50])
    assert len(rows) == found.total == len(found)
    return rows


def decide(text, records, decision=AnswerDecision.NOTED, reason="Danke."):
    answer(records, room=text.home, actor=malik(), decision=decision, reason=reason, now=NOW)


def test_without_a_filter_all_that_is_public_is_listed_the_newest_first(text, voices):
    assert listed(text) == voices[::-1]
    assert listed(text, Order.OLDEST) == voices


def test_what_most_people_support_comes_first(text, voices):
    support(voices[1], actor=ida(), now=NOW)

    assert listed(text, Order.MOST_SUPPORTED) == [voices[1], voices[0], *voices[2:]]


@pytest.mark.parametrize(("variant", "places"), [("comment", [1, 0]), ("question", [2]), ("wording", [3])])
def test_comments_questions_and_wordings_are_told_apart(text, voices, variant, places):
    assert listed(text, variant=variant) == [voices[place] for place in places]


def test_theme_kind_and_answer_narrow_together(text, voices):
    set_theme(text, voices[:3], actor=malik(), theme="Wasser", now=NOW)
    decide(text, [voices[0], voices[3]])

    assert listed(text, theme="Wasser") == [voices[2], voices[1], voices[0]]
    assert listed(text, theme="Wasser", answer="noted") == [voices[0]]
    assert listed(text, theme="Wasser", variant="comment") == [voices[1], voices[0]]
    assert listed(text, theme="Wasser", variant="comment", answer=WAITING) == [voices[1]]
    assert listed(text, kind="contribution", variant="wording", answer="noted") == [voices[3]]
    assert listed(text, theme="Verkehr") == listed(text, kind="nothing") == []


def test_what_was_merged_waits_where_it_went_on(text):
    where = passage(text, "Für Kinder")
    one, other = (comment_at(where, actor=who, body=f"Schatten, {who.person.pk}") for who in (jörg(), ida()))
    # The newer one goes on in the older: first in the list, it would be the one row that is shown.
    merge([other], one, actor=malik(), reason="Dasselbe.", now=NOW)

    assert [row.pk for row in listed(text, answer=WAITING)] == [one.pk]
    assert {row.pk for row in listed(text)} == {one.pk, other.pk}


def test_what_was_said_about_something_hidden_is_not_listed(text, voices):
    Record.objects.filter(pk=passage(text, "Für Kinder").pk).update(state=RecordState.HIDDEN)

    found = SaidList([text.pk], RecordState.PUBLISHED, Narrowing(), Order.NEWEST)

    assert list(found[:20]) == [voices[3], voices[1]]


def test_a_list_ends_where_nobody_pages_and_says_how_much_there_is(text, voices, monkeypatch):
    monkeypatch.setattr(said_queries, "MOST_LISTED", 2)
    found = SaidList([text.pk], RecordState.PUBLISHED, Narrowing(), Order.NEWEST)

    assert (found.total, len(found)) == (4, 2)
    assert list(found[:20]) == voices[:1:-1]


def test_more_of_a_theme_and_kind_than_are_listed_is_not_counted_out(text, voices, monkeypatch):
    set_theme(text, voices[:2], actor=malik(), theme="Wasser", now=NOW)
    monkeypatch.setattr(said_queries, "MOST_COUNTED", 1)
    found = SaidList([text.pk], RecordState.PUBLISHED, Narrowing(theme="Wasser", variant="comment"), Order.NEWEST)

    assert (found.total, len(found)) == (None, 1)


def page(client, text, query=""):
    return client.get(f"/beteiligungen/{text.home.ref}/beitraege/{query}")


def test_the_page_narrows_without_a_word(client, text, voices):
    decide(text, voices[:2])

    shown = page(client, text, "?antwort=open&art=contribution.question").content.decode()

    assert "Wann ist das Wasser an?" in shown
    assert "Mehr Schatten" not in shown
    assert "1 Beitrag" in shown


def test_nonsense_in_the_address_narrows_nothing(client, text, voices):
    shown = page(client, text, "?antwort=xyz&art=nichts&thema=nie&reihenfolge=bunt&teil=0&seite=99").content.decode()

    assert "4 Beiträge" in shown


def test_a_narrow_list_without_hits_leads_back_to_all(client, text, voices):
    shown = page(client, text, "?antwort=taken_up").content.decode()

    assert "Dazu gibt es nichts" in shown
    assert f'href="/beteiligungen/{text.home.ref}/beitraege/"' in shown


def test_an_answer_to_several_is_told_once_in_a_list(client, text, voices):
    decide(text, voices[:2], reason="Der Schatten kommt im Herbst.")

    shown = page(client, text).content.decode()

    assert shown.count("Der Schatten kommt im Herbst.") == 1
    assert "Eine Antwort auf 2 Beiträge" in shown
    # The newer one tells it, the older one leads there.
    assert "Dieselbe Antwort wie bei" in shown.partition(f'id="{voices[0].ref}"')[2]
    assert f'href="#{voices[1].ref}"' in shown.partition(f'id="{voices[0].ref}"')[2]


def test_each_says_to_which_passage_it_was_said(client, text, voices):
    shown = page(client, text, "?art=contribution.question").content.decode()

    where = voices[2].passage
    assert f'href="/texte/{text.ref}/{where.ref}/"' in shown
    assert where.body in shown


def test_support_is_one_tap_in_the_list(client, text, voices):
    assert f'action="/eintraege/{voices[0].ref}/unterstuetzen/"' in page(client, text).content.decode()


def test_once_the_time_is_over_the_list_offers_nothing_to_do(client, text, voices, monkeypatch):
    assert "/kommentieren/" in page(client, text).content.decode()
    on_day(monkeypatch, AFTER_THE_PHASE)

    shown = page(client, text).content.decode()

    assert "Mehr Schatten" in shown
    assert "/unterstuetzen/" not in shown
    assert "/kommentieren/" not in shown


def test_only_what_can_be_said_here_is_offered_to_narrow_by(client, text, voices):
    kinds = page(client, text).content.decode().partition('name="art"')[2].partition("</select>")[0]

    assert re.findall(r'value="([^"]*)"', kinds) == [
        "",
        "contribution.comment",
        "contribution.question",
        "contribution.wording",
    ]


def test_what_was_said_to_a_part_that_is_not_public_is_not_listed(client, text, voices):
    Record.objects.filter(pk=text.pk).update(state=RecordState.DRAFT)

    assert "Mehr Schatten" not in page(client, text).content.decode()


def test_the_list_takes_as_many_queries_for_many_as_for_few(client, text, django_assert_max_num_queries):
    where = passage(text, "Für Kinder")
    for number in range(15):
        comment_at(where, actor=jörg(), body=f"Nummer {number}")

    with django_assert_max_num_queries(24):
        page(client, text, "?thema=&antwort=open")


def test_a_question_is_answered_and_not_taken_over(text, voices):
    with pytest.raises(Refused) as refused:
        decide(text, [voices[0], voices[2]], AnswerDecision.NOT)
    assert refused.value.reason == "question_wants_answer"
    assert voices[2].ref in str(refused.value.sentence)

    decide(text, [voices[2]], AnswerDecision.ANSWERED, "Von Mai bis September.")
    assert [row.pk for row in listed(text, answer="answered")] == [voices[2].pk]


def test_a_wording_is_taken_over_or_not_but_no_question(text, voices):
    with pytest.raises(Refused) as refused:
        decide(text, [voices[3]], AnswerDecision.ANSWERED)

    assert refused.value.reason == "wording_is_no_question"
