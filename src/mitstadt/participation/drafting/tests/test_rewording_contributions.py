"""Authors change what they said to a text: on its pages, in the editors' draft and in what is given out."""

import json

import pytest
from django.urls import reverse

from cast import LATER, NOW, ida, jörg, malik
from forms_on_page import form_with
from mitstadt.participation.drafting.actions.takings import note_for_edition
from mitstadt.participation.drafting.actions.working_copy import begin_next_edition
from mitstadt.participation.drafting.presenting import how_much_stands
from mitstadt.participation.drafting.queries.takings import draft_mark, takings_of
from mitstadt.participation.drafting.queries.working import all_working, current_edition
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage, wording_for
from mitstadt.spine.actions.corrections import reword
from mitstadt.spine.actions.supports import support
from mitstadt.spine.errors import Refused
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


@pytest.fixture
def water(monkeypatch):
    on_day(monkeypatch)
    return passage(opened(), "Für Kinder")


def test_jörg_mends_his_comment_and_everyone_reads_that_he_did_and_what_stood_there(water):
    said = comment_at(water, actor=jörg(), body="Bitte auch nachst hell.")
    support(said, actor=ida(), now=NOW)
    own = visit(jörg())
    page = own.get(reverse("contribution", args=[said.ref])).content.decode()
    assert reverse("reword", args=[said.ref]) in page

    form = form_with(own.get(reverse("reword", args=[said.ref])).content.decode(), "text_body")
    sent = own.post(reverse("reword", args=[said.ref]), form.filled(text_body="Bitte auch nachts hell."))

    assert sent.headers["Location"] == reverse("contribution", args=[said.ref])
    for address in (reverse("contribution", args=[said.ref]), reverse("passage", args=[water.part.ref, water.ref])):
        shown = visit().get(address).content.decode()
        assert "Bitte auch nachts hell." in shown
        assert "nachst" not in shown
        assert f'href="{reverse("trail", args=[said.ref])}#vorher"' in shown
    trail = visit().get(reverse("trail", args=[said.ref])).content.decode()
    assert "Bitte auch nachst hell." in trail
    assert "1 Mensch unterstützt das" in trail
    came, changed = (
        trail.index("Jörg hat einen Kommentar geschrieben"),
        trail.index("Die Person hat ihre Worte geändert"),
    )
    assert came < trail.index("nachst hell") < changed < trail.index("nachts hell")


def test_whoever_supported_it_before_reads_that_it_was_changed_since_and_nobody_else(water):
    said = comment_at(water, actor=jörg())
    support(said, actor=ida(), now=NOW)
    reword(said, actor=jörg(), texts={"body": "Bitte heller."}, now=LATER)
    support(said, actor=malik(), now=LATER)
    told = "Seit Ihrer Unterstützung wurden die Worte geändert."
    page = reverse("passage", args=[water.part.ref, water.ref])

    assert told in visit(ida()).get(page).content.decode()
    for other in (malik(), jörg(), None):
        assert told not in visit(other).get(page).content.decode()


def test_nobody_else_is_offered_to_change_it_and_nobody_once_it_is_answered(water):
    said = comment_at(water, actor=jörg())
    offered = reverse("reword", args=[said.ref])

    assert offered not in visit(ida()).get(reverse("contribution", args=[said.ref])).content.decode()
    type(said).objects.filter(pk=said.pk).update(answer_state="noted")
    assert offered not in visit(jörg()).get(reverse("contribution", args=[said.ref])).content.decode()
    refused = visit(jörg()).get(offered)
    assert refused.status_code == 403
    assert "Darauf gibt es schon eine Antwort" in refused.content.decode()


def test_a_wording_stays_another_one_than_the_passage(water):
    said = wording_for(water, f"{water.body} Und Schatten.", actor=jörg())

    with pytest.raises(Refused, match="wording_unchanged"):
        reword(said, actor=jörg(), texts={"wording": water.body}, now=LATER)

    reword(said, actor=jörg(), texts={"wording": f"{water.body} Und Bäume."}, now=LATER)
    said.refresh_from_db()
    assert said.wording.endswith("Und Bäume.")


def test_the_editors_read_that_a_wording_was_changed_after_they_took_it(water):
    text = opened()
    said = wording_for(water, f"{water.body} Und Schatten.", actor=jörg())
    begin_next_edition(text, actor=malik(), now=NOW)
    note_for_edition(said, actor=malik(), reason="Gut.", now=NOW)
    before = draft_mark(all_working(text), takings_of(text, all_working(text), current_edition(text)))

    reword(said, actor=jörg(), texts={"wording": f"{water.body} Und Bäume."}, now=LATER)

    [taken] = takings_of(text, all_working(text), current_edition(text))
    assert "seit dem Vormerken geändert" in how_much_stands(taken)
    assert draft_mark(all_working(text), [taken]) != before


def test_what_is_given_out_says_when_the_words_were_changed(water):
    said, other = comment_at(water, actor=jörg()), comment_at(water, actor=ida(), body="Gut so.")
    reword(said, actor=jörg(), texts={"body": "Bitte heller."}, now=LATER)

    answer = visit().get(f"/texte/{water.part.ref}/synopse.json")
    synopsis = json.loads(b"".join(answer))
    given = {one["ref"]: one for row in synopsis["passages"] for one in row["contributions"]}

    assert given[said.ref]["reworded_at"] == LATER.isoformat()
    assert given[other.ref]["reworded_at"] is None


def test_a_comment_does_not_become_a_wording_by_being_changed(water):
    said = comment_at(water, actor=jörg(), body="Bitte auch nachst hell.")

    reword(said, actor=jörg(), texts={"body": "Bitte auch nachts hell.", "wording": "Ein Wortlaut."}, now=LATER)

    said.refresh_from_db()
    assert (said.body, said.wording) == ("Bitte auch nachts hell.", "")
