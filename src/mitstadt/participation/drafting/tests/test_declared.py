"""What drafting declares is what search, moderation, receipts and permits go by."""

from dataclasses import replace

import pytest

from cast import NOW, ida, jörg, malik
from mitstadt.participation.drafting.kinds import CONTRIBUTION
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage, wording_for
from mitstadt.spine import kinds
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.moderation import report
from mitstadt.spine.actions.withdrawal import erase, withdraw
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Record, ReportReason

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return passage(opened(), "Für Kinder")


@pytest.fixture
def proposal(where):
    return wording_for(where, "Für Kinder gibt es einen Brunnen.", actor=ida())


def page_of(client, address):
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def test_a_search_is_narrowed_to_questions_comments_or_wordings(client, where, proposal):
    said = comment_at(where, actor=jörg(), body="Ein Springbrunnen wäre schön für Kinder.")
    Record.objects.filter(pk=proposal.pk).update(body="Kinder sollen trinken können.")

    narrowed = page_of(client, "/suche/?q=Springbrunnen&form=comment")

    assert said.ref in narrowed
    assert said.ref not in page_of(client, "/suche/?q=Springbrunnen&form=wording")
    assert said.ref in page_of(client, "/suche/?q=Springbrunnen&form=' OR 1=1 --")
    assert 'value="comment" selected' in narrowed


def test_a_kind_may_show_its_hits_with_a_card_of_its_own(client, where, monkeypatch):
    comment_at(where, actor=jörg(), body="Ein Springbrunnen wäre schön.")
    own = replace(CONTRIBUTION, card="drafting/parts/judged_wording.html")
    assert "hit__title" in page_of(client, "/suche/?q=Springbrunnen")

    monkeypatch.setitem(kinds._kinds, CONTRIBUTION.key, own)

    assert "hit__title" not in page_of(client, "/suche/?q=Springbrunnen")


def test_who_judges_a_proposed_wording_sees_it_and_the_passage_it_is_for(client, proposal):
    report(proposal, actor=jörg(), reason=ReportReason.OTHER, text="", now=NOW)
    client.force_login(malik().person)

    page = page_of(client, f"/moderation/{proposal.ref}/")

    assert "Für Kinder gibt es einen Brunnen." in page
    assert "Für Kinder gibt es Wasser zum Spielen." in page


def test_the_receipt_of_a_contribution_names_the_day_of_the_answer_and_that_of_a_comment_does_not(client, proposal):
    remark = comment(proposal, actor=jörg(), text="Gern.", now=NOW)

    client.force_login(ida().person)
    assert "Bezirksamt Mitte antwortet bis zum" in page_of(client, f"/beleg/{proposal.ref}/")
    client.force_login(jörg().person)
    assert "Ihr Kommentar ist angekommen." in page_of(client, f"/beleg/{remark.ref}/")


@pytest.mark.parametrize("deed", [withdraw, erase])
def test_an_office_s_text_is_not_taken_back_like_a_person_s_own_words(where, deed):
    text = Record.objects.get(kind="text")

    with pytest.raises(Refused) as refused:
        deed(text, actor=malik(), now=NOW)

    assert refused.value.reason == "kind_takes_no_such_deed"
