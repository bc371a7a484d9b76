"""At the desk colleagues share the work: one by one, all of a selection, notes, drafts for a second person, blocks."""

import re
from datetime import timedelta

import pytest

from cast import NOW, ayşe, ida, jörg, malik, office, person, with_role
from mitstadt.ground.organisations.models import Organisation, Role
from mitstadt.participation.drafting.models import Contribution
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage
from mitstadt.spine.actions.sharing import keep_text_block
from mitstadt.spine.models import AnswerDraft, Assignment, Record, TextBlock, WorkNote
from mitstadt.ui.answering import choosing
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]
REASON = "Die Lampen kommen 2028."


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


@pytest.fixture
def text():
    return opened()


def desk(text, query=""):
    return f"/texte/{text.ref}/redaktion/{query}"


def colleague():
    return with_role(person("Renate"), Role.EDITOR)


def several(text, count=3):
    where = passage(text, "Für Kinder")
    return [comment_at(where, actor=ida(), body=f"Satz {number}.") for number in range(count)]


def states(records):
    return [record.answer_state for record in Record.objects.filter(pk__in=[one.pk for one in records]).order_by("pk")]


def test_one_by_one_the_next_that_waits_follows_at_once(text):
    first, second, _third = several(text)
    browser = visit(malik())
    page = browser.get(desk(text, f"?stand=offen&eintrag={first.ref}")).content.decode()
    assert "Diesen Beitrag beantworten" in page
    assert "Satz 1." not in page

    sent = {"ref": first.ref, "decision": "not", "reason": REASON, "do": "answer"}
    done = browser.post(desk(text, f"?stand=offen&eintrag={first.ref}"), sent)

    assert states([first]) == ["not"]
    assert done.headers["Location"] == desk(text, f"?stand=offen&eintrag={second.ref}")


def test_after_the_last_one_the_list_comes_back(text):
    [only] = several(text, 1)
    sent = {"ref": only.ref, "decision": "not", "reason": REASON, "do": "answer"}

    done = visit(malik()).post(desk(text, f"?stand=offen&eintrag={only.ref}"), sent)

    assert done.headers["Location"] == desk(text, "?stand=offen")


def test_a_ref_of_another_text_shows_the_list(text):
    several(text)

    assert "Angekreuzte beantworten" in visit(malik()).get(desk(text, "?eintrag=7K3Q-M9XD")).content.decode()


def test_all_of_a_selection_are_answered_once_somebody_said_that_they_mean_so_many(text, monkeypatch):
    monkeypatch.setattr(choosing, "PER_PAGE", 2)
    monkeypatch.setattr("mitstadt.ui.answering.page.PER_PAGE", 2)
    said = several(text, 5)
    browser = visit(malik())
    page = browser.post(desk(text), {"do": "everything", "reason": REASON}).content.decode()
    assert "alle 5 Beiträge der Auswahl" in page
    assert REASON in page

    sent = {"everything": "5", "decision": "not", "reason": REASON, "do": "answer"}
    unsure = browser.post(desk(text), sent)
    assert unsure.status_code == 422
    assert "Bestätigen Sie, dass Sie alle 5 Beiträge" in unsure.content.decode()
    assert states(said) == [""] * 5

    assert browser.post(desk(text), {**sent, "everything_sure": "yes"}).status_code == 302
    assert states(said) == ["not"] * 5


def test_a_selection_that_grew_meanwhile_is_shown_again_first(text):
    said = several(text, 2)
    sent = {"everything": "1", "everything_sure": "yes", "decision": "not", "reason": REASON, "do": "answer"}

    grown = visit(malik()).post(desk(text), sent)

    assert "Inzwischen sind es 2 Beiträge." in grown.content.decode()
    assert states(said) == ["", ""]


def test_more_than_anybody_read_is_never_answered_at_once(text, monkeypatch):
    monkeypatch.setattr(choosing, "MOST_AT_ONCE", 1)
    said = several(text, 2)
    sent = {"everything": "2", "everything_sure": "yes", "decision": "not", "reason": REASON, "do": "answer"}

    assert "mehr als 1 gehen nicht" in visit(malik()).post(desk(text), sent).content.decode()
    assert states(said) == ["", ""]


def test_what_is_assigned_is_found_by_who_cares_and_what_is_free_by_everyone(text):
    mine, free, _other = several(text)
    browser = visit(malik())
    browser.post(desk(text), {"ref": mine.ref, "assign_to": malik().person.pk, "do": "assign"})

    assert Assignment.objects.get().person == malik().person
    own = browser.get(desk(text, "?wer=ich")).content.decode()
    unassigned = browser.get(desk(text, "?wer=niemand")).content.decode()
    assert (mine.ref in own, free.ref in own) == (True, False)
    assert (mine.ref in unassigned, free.ref in unassigned) == (False, True)


def test_what_waited_for_more_than_two_weeks_is_found(text):
    old, new, _other = several(text)
    Record.objects.filter(pk=old.pk).update(created_at=NOW - timedelta(days=15))

    page = visit(malik()).get(desk(text, "?seit=lange")).content.decode()

    assert (old.ref in page, new.ref in page) == (True, False)


def test_a_note_is_read_in_the_office_and_nowhere_else(text):
    [said] = several(text, 1)
    browser = visit(malik())
    secret = "Das Tiefbauamt hat schon nein gesagt."
    browser.post(desk(text, f"?eintrag={said.ref}"), {"ref": said.ref, "work_note": secret, "do": "note"})

    assert secret in browser.get(desk(text, f"?eintrag={said.ref}")).content.decode()
    for reader in (None, ida(), ayşe()):
        for address in (f"/beitraege/{said.ref}/", f"/werdegang/{said.ref}/", f"/texte/{text.ref}/synopse/"):
            assert secret not in visit(*([reader] if reader else [])).get(address).content.decode()
    note = WorkNote.objects.get()
    browser.post(desk(text, f"?eintrag={said.ref}"), {"drop_note": note.pk})
    assert not WorkNote.objects.exists()


def test_a_note_that_is_written_meanwhile_does_not_cost_the_answer(text):
    [said] = several(text, 1)
    sent = {"ref": said.ref, "work_note": "Rückfrage läuft.", "reason": "Wir bauen im", "do": "note"}

    page = visit(malik()).post(desk(text, f"?eintrag={said.ref}"), sent).content.decode()

    assert "Wir bauen im</textarea>" in page
    assert WorkNote.objects.count() == 1


def test_where_two_people_answer_one_drafts_and_another_signs(text):
    Organisation.objects.filter(pk=office().pk).update(answers_take_two=True)
    [said] = several(text, 1)
    mine, hers = visit(malik()), visit(colleague())
    assert 'value="answer"' not in mine.get(desk(text)).content.decode()
    mine.post(desk(text), {"ref": said.ref, "decision": "not", "reason": REASON, "do": "draft"})
    draft = AnswerDraft.objects.get()
    assert "Unterschreiben muss jemand anderes." in mine.get(desk(text)).content.decode()
    assert mine.post(desk(text), {"sign": draft.pk}).status_code == 422
    assert states([said]) == [""]
    assert REASON not in visit().get(f"/werdegang/{said.ref}/").content.decode()

    assert "Unterschreiben und veröffentlichen" in hers.get(desk(text)).content.decode()
    hers.post(desk(text), {"sign": draft.pk})

    assert states([said]) == ["not"]
    assert REASON in visit().get(f"/werdegang/{said.ref}/").content.decode()


def test_a_single_answer_outside_the_desk_becomes_a_draft_as_well(text):
    Organisation.objects.filter(pk=office().pk).update(answers_take_two=True)
    [said] = several(text, 1)

    visit(malik()).post(f"/eintraege/{said.ref}/beantworten/", {"decision": "not", "reason": REASON})

    assert AnswerDraft.objects.get().reason == REASON
    assert states([said]) == [""]


def test_a_draft_is_put_aside_and_what_it_was_for_waits_again(text):
    [said] = several(text, 1)
    browser = visit(malik())
    browser.post(desk(text), {"ref": said.ref, "decision": "not", "reason": REASON, "do": "draft"})
    assert said.ref in browser.get(desk(text, "?stand=entwurf")).content.decode()
    browser.post(desk(text), {"drop_draft": AnswerDraft.objects.get().pk})

    assert not AnswerDraft.objects.exists()
    assert Contribution.objects.get(pk=said.pk).answer_state == ""


def test_a_text_block_goes_behind_what_was_typed(text):
    [said] = several(text, 1)
    block = keep_text_block(office(), actor=malik(), title="Bund", text="Zuständig ist der Bund.", now=NOW)
    page = visit(malik()).post(desk(text), {"ref": said.ref, "reason": "Leider nein.", "block": block.pk})

    assert re.search(r"Leider nein\.\s+Zuständig ist der Bund\.</textarea>", page.content.decode())
    assert states([said]) == [""]


def test_text_blocks_are_kept_changed_and_deleted_by_those_who_answer():
    browser, address = visit(malik()), f"/organisationen/{office().slug}/textbausteine/"
    browser.post(address, {"title": "Bund", "text": "Zuständig ist der Bund."})
    block = TextBlock.objects.get()
    browser.post(f"{address}?baustein={block.pk}", {"title": "Bund", "text": "Das regelt der Bund."})
    block.refresh_from_db()
    assert block.text == "Das regelt der Bund."
    missing = browser.post(address, {"title": "Land", "text": ""})
    assert missing.status_code == 422
    assert 'value="Land"' in missing.content.decode()
    assert visit(jörg()).get(address).status_code == 403
    assert browser.get(f"{address}?baustein=999999").status_code == 404

    browser.post(f"{address}?baustein={block.pk}", {"do": "drop"})

    assert not TextBlock.objects.exists()
