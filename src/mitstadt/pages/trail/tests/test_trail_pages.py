"""What became of a record: readable with the ref alone, in any spelling, without words that are gone."""

from datetime import timedelta

import pytest

from cast import LATER, NOW, ayşe, ida, jörg, malik, prepared_process
from mitstadt.spine.actions.answers import answer, correct_answer
from mitstadt.spine.actions.codes import participant
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.corrections import reword
from mitstadt.spine.actions.moderation import decide, open_case
from mitstadt.spine.actions.supports import support
from mitstadt.spine.actions.withdrawal import erase, withdraw
from mitstadt.spine.actors import GUEST
from mitstadt.spine.models import AnswerDecision, Commitment, ModerationVerdict
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]


@pytest.fixture
def process():
    return running_process()


@pytest.fixture
def said(process):
    return contribution(process, actor=jörg())


def trail(client, record) -> str:
    answer = client.get(f"/werdegang/{record.ref}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_trail_tells_who_said_it_who_answered_and_how_many_agree(client, process, said):
    support(said, actor=ida(), now=NOW)
    answer([said], room=process, actor=malik(), decision=AnswerDecision.PARTLY, reason="Vier Bänke.", now=LATER)

    page = trail(client, said)

    assert "Jörg" in page
    assert "Bezirksamt Mitte hat geantwortet: teilweise übernommen." in page
    assert "Vier Bänke." in page
    assert "1 Mensch unterstützt das." in page


def test_the_trail_leads_to_where_it_is_read_while_it_is_read_there(client, said):
    assert f'href="/eintraege/{said.ref}/"' in trail(client, said)

    withdraw(said, actor=jörg(), now=LATER)

    assert "Zum Eintrag" not in trail(client, said)


def test_whoever_took_their_words_back_reads_that_others_no_longer_see_them(client, said):
    told = "Diese Worte sehen außer Ihnen nur die Menschen, die hier moderieren oder arbeiten."
    client.force_login(jörg().person, backend="django.contrib.auth.backends.ModelBackend")
    assert told not in trail(client, said)

    withdraw(said, actor=jörg(), now=LATER)

    assert told in trail(client, said)
    assert told in client.get(f"/eintraege/{said.ref}/").content.decode()
    client.logout()
    assert told not in trail(client, said)


def test_each_step_quotes_the_words_of_its_time(client, said):
    for now, words in ((LATER, "Mehr Bänke am Brunnen."), (LATER + timedelta(hours=1), "Mehr Bänke am Tor.")):
        reword(said, actor=jörg(), texts={"body": words}, reason=f"Wegen {words[-8:]}", now=now)

    steps = trail(client, said).split('class="thread__title"')

    assert ["Schatten" in steps[1], "am Brunnen" in steps[2], "am Tor" in steps[3]] == [True] * 3
    assert "Wegen Brunnen." in steps[2]


def test_the_trail_tells_guests_apart_from_people(client, process, said):
    support(said, actor=participant(GUEST, process, now=NOW)[0], now=NOW)

    page = trail(client, said)

    assert "0 Menschen unterstützen das, dazu 1 Gast." in page
    assert "Wie viele Menschen es sind, weiß niemand." in page


def test_the_trail_of_an_answer_and_of_a_comment_can_be_read(client, process, said):
    given = answer([said], room=process, actor=malik(), decision=AnswerDecision.NOT, reason="Nein.", now=LATER)
    note = comment(said, actor=ida(), text="Wo?", now=NOW)

    assert "Nein." in trail(client, given)
    assert "Wo?" in trail(client, note)


@pytest.mark.parametrize("spelling", ["{0}", "{1}", "{2}", "{3}"])
def test_any_spelling_of_a_ref_leads_to_the_trail(client, said, spelling):
    plain = said.ref.replace("-", "")
    typed = spelling.format(said.ref, plain, said.ref.lower(), f"{plain[:4]} {plain[4:]}".lower())

    assert client.get(f"/{typed}").url == f"/werdegang/{said.ref}/"
    assert client.get("/nachschlagen/", {"kennzeichen": f" {typed} "}).url == f"/werdegang/{said.ref}/"


def test_a_mistyped_ref_is_met_with_the_one_that_was_meant(client, said):
    wrong = ("2" if said.ref[0] != "2" else "3") + said.ref[1:]

    answer = client.get("/nachschlagen/", {"kennzeichen": wrong})

    assert answer.status_code == 404
    assert said.ref in answer.content.decode()


def test_did_you_mean_betrays_nothing_that_is_hidden(client):
    hidden = prepared_process(title="Noch geheim?")
    wrong = ("2" if hidden.ref[0] != "2" else "3") + hidden.ref[1:]

    page = client.get("/nachschlagen/", {"kennzeichen": wrong}).content.decode()

    assert hidden.ref not in page
    assert "Noch geheim" not in page


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "x" * 5_000, "\u202ex", "%00", "' OR 1=1 --"])
def test_nonsense_in_the_field_gets_a_sentence(client, typed):
    answer = client.get("/nachschlagen/", {"kennzeichen": typed})

    assert answer.status_code == 404
    assert b"<script>alert" not in answer.content


def test_a_draft_has_no_trail_for_strangers(client):
    hidden = prepared_process(title="Noch geheim?")

    assert client.get(f"/werdegang/{hidden.ref}/").status_code == 404
    client.force_login(malik().person)
    assert client.get(f"/werdegang/{hidden.ref}/").status_code == 200


def test_words_that_were_taken_back_erased_or_hidden_are_gone_and_the_way_stays(client, process):
    gone = [contribution(process, actor=jörg(), body=f"Fort {number}") for number in range(3)]
    withdraw(gone[0], actor=jörg(), now=LATER)
    erase(gone[1], actor=jörg(), now=LATER)
    decide(
        open_case(gone[2], now=NOW),
        actor=ayşe(),
        verdict=ModerationVerdict.HIDE,
        rule="insult",
        reason="Nein.",
        now=LATER,
    )

    sentences = ["zurückgezogen", "gelöscht", "ausgeblendet"]
    for record, sentence in zip(gone, sentences, strict=True):
        page = trail(client, record)
        assert "Fort" not in page
        assert sentence in page


def test_the_trail_takes_the_same_queries_however_long_it_is(client, process, said, django_assert_num_queries):
    def happen(count):
        for number in range(count):
            correct_answer(
                [said], room=process, actor=malik(), decision=AnswerDecision.NOT, reason=f"{number}", now=LATER
            )

    answer([said], room=process, actor=malik(), decision=AnswerDecision.NOT, reason="Nein.", now=NOW)
    happen(1)
    trail(client, said)
    with django_assert_num_queries(6):
        trail(client, said)
    happen(8)
    with django_assert_num_queries(6):
        trail(client, said)


def test_a_changed_answer_says_what_was_said_before_and_until_when(client, process, said):
    answer([said], room=process, actor=malik(), decision=AnswerDecision.TAKEN_UP, reason="Ja.", now=NOW)
    correct_answer([said], room=process, actor=malik(), decision=AnswerDecision.NOT, reason="Doch nicht.", now=LATER)

    page = trail(client, said)

    assert "hat geantwortet: übernommen." in page
    assert "hat die Antwort geändert: nicht übernommen. Vorher: übernommen." in page
    assert page.count("Das galt bis 5. Mai 2027.") == 1
    assert page.index("Das galt bis") < page.index("hat die Antwort geändert")


def test_the_empty_field_is_a_page_of_its_own(client):
    assert client.get("/nachschlagen/").status_code == 200


def test_an_answer_is_owed_only_where_one_was_promised(client, process, said):
    assert "Die Antwort steht noch aus." in trail(client, said)

    Commitment.objects.filter(process=process).delete()

    assert "Die Antwort" not in trail(client, said)
    client.force_login(jörg().person)
    receipt = client.get(f"/beleg/{said.ref}/").content.decode()
    assert "antwortet bis zum" not in receipt


def test_a_later_answer_says_that_it_replaces_the_first(client, process, said):
    first, second = (
        deed([said], room=process, actor=malik(), decision=AnswerDecision.NOT, reason=reason, now=LATER)
        for deed, reason in ((answer, "Nein."), (correct_answer, "Doch nicht."))
    )

    assert "Es ist durch Neueres ersetzt." in trail(client, first)
    assert "Es ersetzt Früheres." in trail(client, second)
