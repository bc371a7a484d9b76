"""What the record says of a proposed wording is compared with the words: before, at and after publishing."""

import json

import pytest
from django.urls import reverse

from cast import LATER, NOW, ida, jörg, malik
from html_client import CityClient
from mitstadt.participation.drafting import links
from mitstadt.participation.drafting.actions.edition_answers import Reply
from mitstadt.participation.drafting.actions.editions import publish_edition
from mitstadt.participation.drafting.actions.takings import note_for_edition, put_back, take_over
from mitstadt.participation.drafting.actions.working_copy import (
    PassageEdit,
    begin_next_edition,
    discard_next_edition,
    insert_after,
    revise,
)
from mitstadt.participation.drafting.models import Shape, Taking, WorkingPassage
from mitstadt.participation.drafting.queries.takings import takings_of
from mitstadt.participation.drafting.queries.working import all_working, current_edition
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage, wording_for
from mitstadt.spine.actions.answers import answer, correct_answer
from mitstadt.spine.actions.merging import merge
from mitstadt.spine.actions.withdrawal import withdraw
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, Answer, AnswerDecision, Link, Notice

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]

ONE = "Für Kinder gibt es Wasser und Sand zum Spielen."
TWO = "Für Kinder gibt es einen Brunnen zum Spielen."


@pytest.fixture
def text():
    return opened()


@pytest.fixture
def water(text):
    return passage(text, "Für Kinder")


@pytest.fixture
def one(water):
    return wording_for(water, ONE, actor=ida())


@pytest.fixture
def two(water):
    return wording_for(water, TWO, actor=jörg())


def draft(text, beginning="Für Kinder"):
    return WorkingPassage.objects.get(text=text, words__startswith=beginning)


def rewrite(text, words, *, beginning="Für Kinder", **edit):
    begin_next_edition(text, actor=malik(), now=NOW)
    revise(text, actor=malik(), edits=[PassageEdit(draft(text, beginning).pk, words=words, **edit)], now=NOW)


def verdicts(text):
    return {one.contribution.ref: one.verdict for one in takings_of(text, all_working(text), current_edition(text))}


def replying(said, decision, reason="Darum."):
    return {said.ref: Reply(decision, reason)}


def arrows(said):
    found = Link.objects.filter(source_id=said.pk, type__in=["taken_up_in", "partly_in"])
    return list(found.values_list("type", flat=True))


def test_a_second_wording_for_a_passage_does_not_overwrite_the_first(text, one, two):
    take_over(one, actor=malik(), reason="Ja.", now=NOW)

    with pytest.raises(Refused, match="draft_reads_otherwise"):
        take_over(two, actor=malik(), reason="Auch.", now=NOW)

    assert draft(text).words == ONE
    assert verdicts(text) == {one.ref: "whole"}


def test_what_a_hand_wrote_is_never_overwritten(text, one):
    rewrite(text, "Für Kinder gibt es Schatten.")

    with pytest.raises(Refused, match="draft_reads_otherwise"):
        take_over(one, actor=malik(), now=NOW)

    assert draft(text).words == "Für Kinder gibt es Schatten."
    assert not Taking.objects.exists()


@pytest.mark.parametrize("edit", [{"split_at": (20,)}, {"join_next": True}])
def test_a_passage_that_was_cut_or_joined_by_hand_is_not_overwritten(text, one, edit):
    begin_next_edition(text, actor=malik(), now=NOW)
    revise(text, actor=malik(), edits=[PassageEdit(draft(text).pk, **edit)], now=NOW)
    before = [row.words for row in all_working(text)]

    with pytest.raises(Refused, match="draft_reads_otherwise"):
        take_over(one, actor=malik(), now=NOW)

    assert [row.words for row in all_working(text)] == before


def test_a_wording_that_stands_there_already_is_noted_without_touching_the_draft(text, one, water):
    same = wording_for(water, ONE, actor=jörg())
    take_over(one, actor=malik(), now=NOW)
    take_over(same, actor=malik(), now=NOW)
    take_over(same, actor=malik(), reason="Doppelt gedrückt.", now=NOW)

    assert verdicts(text) == {one.ref: "whole", same.ref: "whole"}


def test_both_wordings_can_be_noted_and_each_hears_what_became_of_it(text, one, two):
    take_over(one, actor=malik(), reason="Ja.", now=NOW)
    note_for_edition(two, actor=malik(), now=NOW)
    assert verdicts(text) == {one.ref: "whole", two.ref: "not"}
    assert [len(found.rivals) for found in takings_of(text, all_working(text), current_edition(text))] == [1, 1]

    with pytest.raises(Refused, match="wording_needs_answer") as refusal:
        publish_edition(text, actor=malik(), now=LATER)
    assert two.ref in str(refusal.value.sentence)
    assert one.ref not in str(refusal.value.sentence)
    assert text.editions.count() == 1

    publish_edition(text, actor=malik(), now=LATER, replies=replying(two, AnswerDecision.NOT, "Nur Sand."))
    for said in (one, two):
        said.refresh_from_db()
    assert (one.answer_state, arrows(one)) == ("taken_up", [links.TAKEN_UP_IN])
    assert (two.answer_state, arrows(two)) == ("not", [])
    assert not Taking.objects.exists()


@pytest.mark.parametrize("decision", [AnswerDecision.TAKEN_UP, AnswerDecision.PARTLY])
def test_no_answer_claims_more_than_stands_in_the_edition(text, one, decision):
    take_over(one, actor=malik(), reason="Ja.", now=NOW)
    rewrite(text, "Autos haben Vorrang.")

    with pytest.raises(Refused, match="wording_not"):
        publish_edition(text, actor=malik(), now=LATER, replies=replying(one, decision))

    assert text.editions.count() == 1
    assert not Answer.objects.exists()


def test_a_part_is_told_as_a_part_with_its_numbers(text, one):
    take_over(one, actor=malik(), reason="Ja.", now=NOW)
    rewrite(text, "Für Kinder gibt es Wasser und Schatten.")
    publish_edition(text, actor=malik(), now=LATER, replies=replying(one, AnswerDecision.PARTLY, "Kein Sand."))

    data = json.loads(b"".join(CityClient().get(reverse("synopsis_file", args=[text.ref, "json"]))))
    told = next(said for row in data["passages"] for said in row["contributions"] if said["ref"] == one.ref)

    assert arrows(one) == [links.PARTLY_IN]
    assert told["taken_up_in"] == []
    assert told["taken_up_partly_in"] == [passage(text, "Für Kinder gibt es Wasser und").ref]
    # The wording adds “und” and “Sand”; “und” stands there.
    assert told["adoption"] == {"rule": 1, "words_added": 2, "added_standing": 1, "words_removed": 0, "removed_gone": 0}
    page = CityClient().get(reverse("synopsis", args=[text.ref])).content.decode()
    assert "Vom Vorschlag umgesetzt: 1 von 2 geänderten Wörtern." in page
    assert "Zum Teil aufgenommen von: Ida" in page
    trail = CityClient().get(f"/werdegang/{one.ref}/").content.decode()
    assert "Ein Teil davon steht jetzt in der neuen Fassung." in trail


def test_after_a_cut_the_whole_is_compared(text, one):
    take_over(one, actor=malik(), reason="Ja.", now=NOW)
    revise(text, actor=malik(), edits=[PassageEdit(draft(text).pk, split_at=(ONE.index("und"),))], now=NOW)
    assert verdicts(text) == {one.ref: "whole"}

    publish_edition(text, actor=malik(), now=LATER)

    assert arrows(one) == [links.TAKEN_UP_IN] * 2
    page = CityClient().get(reverse("synopsis", args=[text.ref])).content.decode()
    assert page.count(f"Aufgenommen von: Ida ({one.ref})") == 1


def test_in_a_joined_passage_the_wording_stands_as_one_stretch(text, one):
    take_over(one, actor=malik(), reason="Ja.", now=NOW)
    revise(text, actor=malik(), edits=[PassageEdit(draft(text, "Der Platz").pk, join_next=True)], now=NOW)

    assert verdicts(text) == {one.ref: "whole"}


def test_a_draft_that_is_discarded_takes_no_public_word_along(text, one):
    take_over(one, actor=malik(), reason="Ja.", now=NOW)
    discard_next_edition(text, actor=malik(), now=NOW)

    one.refresh_from_db()
    assert one.answer_state == ""
    assert not Taking.objects.exists()
    assert not Act.objects.filter(verb="answered").exists()


def test_taking_back_restores_the_passage_unless_somebody_wrote_on_it(text, water, one, two):
    take_over(one, actor=malik(), now=NOW)
    put_back(one, actor=malik(), now=NOW)
    assert draft(text).words == water.body
    take_over(two, actor=malik(), now=NOW)
    rewrite(text, f"{TWO} Und Bänke.")
    put_back(two, actor=malik(), now=NOW)

    assert draft(text).words == f"{TWO} Und Bänke."
    assert not Taking.objects.exists()


def test_a_wording_for_an_earlier_edition_finds_its_passage_in_the_current_one(text, one):
    rewrite(text, "Für Kinder gibt es Wasser zum Baden.")
    publish_edition(text, actor=malik(), now=NOW)

    take_over(one, actor=malik(), reason="Doch.", now=LATER)
    publish_edition(text, actor=malik(), now=LATER)

    assert arrows(one) == [links.TAKEN_UP_IN]
    assert Link.objects.get(source_id=one.pk, type=links.TAKEN_UP_IN).target.body == ONE


def test_a_wording_whose_passage_is_gone_is_not_taken_over(text, one):
    begin_next_edition(text, actor=malik(), now=NOW)
    revise(text, actor=malik(), edits=[PassageEdit(draft(text).pk, drop=True)], now=NOW)

    with pytest.raises(Refused, match="passage_gone"):
        take_over(one, actor=malik(), now=NOW)


def test_what_was_withdrawn_or_merged_meanwhile_gets_no_answer_and_stops_nothing(text, water, one, two):
    third = wording_for(water, "Für Kinder gibt es ein Dach.", actor=jörg())
    take_over(one, actor=malik(), reason="Ja.", now=NOW)
    note_for_edition(third, actor=malik(), now=NOW)
    withdraw(one, actor=ida(), now=NOW)
    merge([third], two, actor=malik(), reason="Dasselbe.", now=NOW)

    publish_edition(text, actor=malik(), now=LATER)

    assert not Answer.objects.exists()
    assert arrows(one) == arrows(third) == []


def test_a_wording_that_went_on_in_another_is_not_taken_over(text, one, two):
    merge([one], two, actor=malik(), reason="Dasselbe.", now=NOW)

    with pytest.raises(Refused, match="answer_where_it_went"):
        take_over(one, actor=malik(), now=NOW)


@pytest.mark.parametrize("decision", [AnswerDecision.TAKEN_UP, AnswerDecision.PARTLY])
def test_nobody_says_taken_over_of_a_wording_that_stands_in_no_edition(text, one, decision):
    with pytest.raises(Refused, match="wording_not") as refusal:
        answer([one], room=text.home, actor=malik(), decision=decision, reason="Kommt noch.", now=NOW)

    assert one.ref in str(refusal.value.sentence)


def test_a_comment_is_answered_as_before(text, water):
    said = comment_at(water, actor=ida())
    answer([said], room=text.home, actor=malik(), decision=AnswerDecision.TAKEN_UP, reason="Machen wir.", now=NOW)
    said.refresh_from_db()
    assert said.answer_state == "taken_up"


def test_a_corrected_answer_takes_the_arrow_the_counts_and_the_lines_of_the_synopsis_along(text, one):
    take_over(one, actor=malik(), reason="Ja.", now=NOW)
    publish_edition(text, actor=malik(), now=NOW)
    correct_answer(
        [one], room=text.home, actor=malik(), decision=AnswerDecision.NOTED, reason="Ein Versehen.", now=LATER
    )

    def file(extension):
        response = CityClient().get(reverse("synopsis_file", args=[text.ref, extension]))
        return b"".join(response) if response.streaming else response.content

    page = CityClient().get(reverse("synopsis", args=[text.ref])).content.decode()
    data = json.loads(file("json"))
    told = next(said for row in data["passages"] for said in row["contributions"] if said["ref"] == one.ref)
    assert arrows(one) == []
    for shown in (page, file("csv").decode()):
        assert "Aufgenommen von" not in shown
        assert "Bis 5. Mai 2027 stand hier: übernommen. Ja." in shown
    assert "Steht jetzt in" not in page
    assert data["counts"]["by_decision"] == {"noted": 1}
    assert [before["decision"] for before in told["answer"]["earlier"]] == ["taken_up"]
    assert (told["taken_up_in"], told["adoption"]) == ([], None)
    trail = CityClient().get(f"/werdegang/{one.ref}/").content.decode()
    assert "Es steht jetzt in der neuen Fassung" not in trail
    assert "hat die Antwort geändert: zur Kenntnis genommen. Vorher: übernommen." in trail
    assert Notice.objects.filter(event="corrected_answer", record_id=one.pk).exists()


def test_an_answer_given_before_is_changed_in_public_by_the_edition(text, one):
    answer([one], room=text.home, actor=malik(), decision=AnswerDecision.NOTED, reason="Wir prüfen es.", now=NOW)
    take_over(one, actor=malik(), reason="Geprüft.", now=NOW)
    publish_edition(text, actor=malik(), now=LATER)

    one.refresh_from_db()
    assert one.answer_state == "taken_up"
    assert Act.objects.filter(verb="corrected_answer").count() == 1


def test_an_edition_is_not_published_as_nobody_saw_it(text, one):
    take_over(one, actor=malik(), reason="Ja.", now=NOW)
    browser = CityClient()
    browser.force_login(malik().person)
    address = reverse("publish_edition", args=[text.ref])
    page = browser.get(address).content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    insert_after(text, actor=malik(), after_id=None, level=1, shape=Shape.PARAGRAPH, words="Ein Vorwort.", now=NOW)

    refused = browser.post(address, {"note": "Sand.", "seen": seen, f"{one.ref}-reason": "Weil es fehlte."})

    assert refused.status_code == 422
    body = refused.content.decode()
    assert "Der Entwurf hat sich geändert" in body
    assert "Ein Vorwort." in body
    assert "Weil es fehlte." in body
    assert text.editions.count() == 1


def test_the_page_before_publishing_shows_each_wording_with_its_verdict_and_asks_for_its_answer(text, one, two):
    take_over(one, actor=malik(), now=NOW)
    note_for_edition(two, actor=malik(), reason="Halb.", now=NOW)
    browser = CityClient()
    browser.force_login(malik().person)
    address = reverse("publish_edition", args=[text.ref])
    page = browser.get(address).content.decode()

    assert "Der Wortlaut steht ganz im Entwurf." in page
    assert "Vom Wortlaut steht nichts im Entwurf." in page
    assert "ein anderer Wortlaut vorgemerkt" in page
    assert f'name="{one.ref}-decision"' not in page
    assert f'name="{two.ref}-decision" value="taken_up"' not in page
    sent = {"note": "Sand.", f"{one.ref}-reason": "Ja.", f"{two.ref}-reason": "Zu teuer."}
    refused = browser.post(address, sent)
    assert refused.status_code == 422
    assert "Die Antwort fehlt." in refused.content.decode()
    assert "Zu teuer." in refused.content.decode()
    done = browser.post(address, {**sent, f"{two.ref}-decision": "not"})
    assert done.status_code == 302
    two.refresh_from_db()
    assert two.answer_state == "not"


def test_the_desk_shows_both_where_the_draft_reads_otherwise_and_keeps_the_reason(text, one, two):
    take_over(one, actor=malik(), now=NOW)
    browser = CityClient()
    browser.force_login(malik().person)
    address = reverse("editing_desk", args=[text.ref])
    refused = browser.post(address, {"take_over": two.ref, f"reason-{two.ref}": "Der Brunnen fehlt."})
    body = refused.content.decode()

    assert refused.status_code == 422
    assert "liest sich im Entwurf schon anders" in body
    assert ONE in body
    assert TWO in body
    assert "Der Brunnen fehlt." in body
    assert "Die Entscheidung fehlt" not in body
    browser.post(address, {"note": two.ref, f"reason-{two.ref}": "Der Brunnen fehlt."})
    assert Taking.objects.get(contribution=two).reason == "Der Brunnen fehlt."
    row = browser.get(reverse("next_edition", args=[text.ref])).content.decode()
    assert "noch ein anderer Wortlaut vorgemerkt" in row
    browser.post(address, {"put_back": two.ref})
    assert list(Taking.objects.values_list("contribution__ref", flat=True)) == [one.ref]


def test_nothing_is_written_into_a_draft_that_is_gone(text):
    rewrite(text, "Für Kinder gibt es Sand.")
    publish_edition(text, actor=malik(), now=NOW)

    with pytest.raises(Refused, match="conflict"):
        insert_after(text, actor=malik(), after_id=None, level=1, shape=Shape.PARAGRAPH, words="Vorwort.", now=NOW)

    assert not text.working_passages.exists()


def test_words_typed_into_a_draft_that_was_published_meanwhile_are_not_lost(text, one):
    take_over(one, actor=malik(), reason="Ja.", now=NOW)
    row = draft(text)
    publish_edition(text, actor=malik(), now=LATER)
    browser = CityClient()
    browser.force_login(malik().person)

    sent = {"keys": f"{row.pk}", f"p{row.pk}-words": "Für Kinder gibt es alles.", f"p{row.pk}-seen": "x"}
    page = browser.post(reverse("next_edition", args=[text.ref]), sent)

    assert page.status_code == 422
    assert "Für Kinder gibt es alles." in page.content.decode()
