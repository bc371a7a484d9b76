"""What was said about something goes with it: hide it, and no reply that quotes it is found or read any more."""

import pytest

from cast import LATER, NOW, ayşe, ida, jörg, malik
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage
from mitstadt.spine.actions import moderation
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.splitting import split
from mitstadt.spine.actions.withdrawal import erase, withdraw
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import AnswerDecision, ModerationCase, ModerationVerdict, Record, RecordState
from mitstadt.spine.queries.record_check import check_records
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]
QUOTE = "Papageientaucher"


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


@pytest.fixture
def said():
    return comment_at(passage(opened(), "Für Kinder"), actor=jörg(), body=f"Ihr {QUOTE}!")


@pytest.fixture
def replies(said):
    first = comment(said, actor=ida(), text=f"Er schreibt „Ihr {QUOTE}!“", now=NOW)
    return [first, comment(said, actor=malik(), text=f"Auch ich ein {QUOTE}?", reply_to=first, now=NOW)]


def hide(said):
    moderation.judge(
        said, actor=ayşe(), verdict=ModerationVerdict.HIDE, rule="insult", reason="Das beleidigt.", now=LATER
    )


def places(said, replies):
    room = said.home.ref
    return [
        f"/suche/?q={QUOTE[:10]}",
        f"/beteiligungen/{room}/",
        f"/beteiligungen/{room}/daten.json",
        *(f"/werdegang/{one.ref}/" for one in (said, *replies)),
        "/",
    ]


def read(address):
    response = visit().get(address, follow=True)
    body = response.getvalue() if response.streaming else response.content
    return body.decode()


def found_at(said, replies):
    """Where the quote is read."""
    return {one for one in places(said, replies) if QUOTE in read(one)}


def test_before_it_is_hidden_all_is_found(said, replies):
    assert len(found_at(said, replies)) >= 5


@pytest.mark.parametrize("deed", ["hide", "withdraw", "erase"])
def test_no_public_address_holds_its_words_or_a_quote_of_them(said, replies, deed):
    {"hide": hide, "withdraw": _withdraw, "erase": _erase}[deed](said)

    assert found_at(said, replies) == set()


def _withdraw(said):
    withdraw(said, actor=jörg(), now=LATER)


def _erase(said):
    erase(said, actor=jörg(), now=LATER)


def test_what_comes_back_brings_its_replies(said, replies):
    before = found_at(said, replies)
    hide(said)
    appeal = moderation.appeal(ModerationCase.objects.get(), actor=jörg(), text="Ein Zitat.", now=LATER)
    moderation.decide_appeal(appeal, actor=malik(), upheld=True, reason="Stimmt.", now=LATER)

    assert found_at(said, replies) == before


def test_below_a_comment_that_is_hidden_the_replies_stay(said):
    first = comment(said, actor=ida(), text="Selber doof.", now=NOW)
    reply = comment(said, actor=malik(), text="Das Rotkehlchen bleibt sachlich.", reply_to=first, now=NOW)
    hide(first)

    assert "Rotkehlchen" in read(f"/werdegang/{reply.ref}/")
    assert reply.ref in read("/suche/?q=Rotkehlchen")


def test_whoever_wrote_a_reply_still_reads_it(said, replies):
    hide(said)

    assert QUOTE in visit(ida()).get(f"/werdegang/{replies[0].ref}/").content.decode()


def test_the_words_of_a_hidden_answer_are_read_on_no_page_of_what_it_answered(said):
    given = answer(
        [said], room=said.home, actor=malik(), decision=AnswerDecision.NOT, reason=f"Sie sind ein {QUOTE}.", now=NOW
    )
    where = passage(opened(), "Für Kinder")
    pages = [f"/beitraege/{said.ref}/", f"/texte/{where.own_part.ref}/{where.ref}/"]
    assert all(f"Sie sind ein {QUOTE}." in read(page) for page in pages)

    hide(given)

    assert not any(f"Sie sind ein {QUOTE}." in read(page) for page in [*pages, *places(said, [])])
    assert all("Die Begründung ist ausgeblendet." in read(page) for page in pages)
    assert Record.objects.get(pk=said.pk).answer_state == AnswerDecision.NOT


@pytest.mark.parametrize("what", ["passage", "text", "process"])
def test_what_holds_the_words_of_others_is_not_hidden_whole(what):
    where = passage(opened(), "Für Kinder")
    whole = {"passage": where, "text": where.own_part, "process": where.home}[what]

    with pytest.raises(Refused, match="not_hidden_whole"):
        hide(Record.objects.get(pk=whole.pk))

    assert Record.objects.get(pk=whole.pk).state == RecordState.PUBLISHED


@pytest.mark.parametrize("hidden", ["whole", "piece"])
def test_what_was_split_is_not_read_on_in_the_other(hidden):
    whole = comment_at(passage(opened(), "Für Kinder"), actor=jörg(), body=f"Ihr {QUOTE}. Mehr Bänke.")
    first, second = split(whole, [f"Ihr {QUOTE}.", "Mehr Bänke."], actor=malik(), reason="Zwei Dinge.", now=NOW)

    hide({"whole": Record.objects.get(pk=whole.pk), "piece": Record.objects.get(pk=first.pk)}[hidden])

    assert found_at(whole, [first, second]) == set()
    states = {one.pk: Record.objects.get(pk=one.pk).state for one in (whole, first, second)}
    assert states[whole.pk] == states[first.pk] == RecordState.HIDDEN
    assert states[second.pk] == (RecordState.HIDDEN if hidden == "whole" else RecordState.PUBLISHED)
    assert all(moderation.appeal(case, actor=jörg(), text="Doch.", now=LATER) for case in ModerationCase.objects.all())


@pytest.mark.parametrize("deed", [withdraw, erase])
def test_a_piece_that_is_taken_back_is_not_read_on_in_the_whole(deed):
    whole = comment_at(passage(opened(), "Für Kinder"), actor=jörg(), body=f"Ihr {QUOTE}. Mehr Bänke.")
    first, second = split(whole, [f"Ihr {QUOTE}.", "Mehr Bänke."], actor=malik(), reason="Zwei Dinge.", now=NOW)

    deed(Record.objects.get(pk=first.pk), actor=jörg(), now=LATER)

    assert found_at(whole, [first, second]) == set()
    assert Record.objects.get(pk=second.pk).state == RecordState.PUBLISHED
    assert check_records().sound
