"""The pages of those who tend the record: what a click leads to, and what is said where it leads nowhere."""

import pytest

from cast import NOW, ayşe, ida, jörg, krüger, malik
from mitstadt.ground.people.models import Person
from mitstadt.participation.drafting.actions.contributions import Said, contribute
from mitstadt.participation.drafting.models import Contribution, ContributionForm, Taking, WorkingPassage
from mitstadt.participation.drafting.tests.builders import opened, passage
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.models import Correction, ErasureRequest, Record, RecordState
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]
PHONE = "0151 23456789"


@pytest.fixture(autouse=True)
def day(monkeypatch):
    on_day(monkeypatch)


@pytest.fixture
def said():
    where = passage(opened(), "Für Kinder")
    words = Said(ContributionForm.WORDING, f"Rufen Sie an: {PHONE}.", f"Für Kinder gibt es Sand. Auskunft: {PHONE}.")
    return contribute(where, actor=jörg(), said=words, entered_by=krüger(), now=NOW)


def address(record, end):
    return f"/eintraege/{record.ref}/{end}/"


def test_from_the_trail_whoever_has_the_task_comes_to_what_can_be_done(said):
    assert address(said, "pflege") in visit(ayşe()).get(f"/werdegang/{said.ref}/").content.decode()
    assert address(said, "pflege") not in visit(jörg()).get(f"/werdegang/{said.ref}/").content.decode()

    page = visit(ayşe()).get(address(said, "pflege")).content.decode()
    assert address(said, "schwaerzen") in page
    assert address(said, "berichtigen") not in page
    page = visit(krüger()).get(address(said, "pflege")).content.decode()
    assert address(said, "schwaerzen") not in page
    assert address(said, "berichtigen") in page


def test_words_are_shown_in_their_places_before_they_go(said):
    browser, form = visit(ayşe()), {"words": PHONE, "reason": "Telefonnummer.", "do": "look"}
    looked = browser.post(address(said, "schwaerzen"), form).content.decode()

    assert looked.count("▇▇▇ [geschwärzt]</strong>") == 2
    assert "Endgültig schwärzen" in looked
    assert Contribution.objects.get(pk=said.pk).body.count(PHONE) == 1

    browser.post(address(said, "schwaerzen"), {**form, "do": "black_out"})
    made = Contribution.objects.get(pk=said.pk)
    assert (made.body, made.wording) == (
        "Rufen Sie an: ▇▇▇ [geschwärzt].",
        "Für Kinder gibt es Sand. Auskunft: ▇▇▇ [geschwärzt].",
    )
    trail = visit(ida()).get(f"/werdegang/{said.ref}/").content.decode()
    assert "Einzelne Worte wurden geschwärzt." in trail
    assert "Telefonnummer." in trail


def test_a_draft_that_took_the_words_over_loses_them_too(said):
    row = WorkingPassage.objects.filter(predecessors=said.passage).first()
    if row is None:
        row = WorkingPassage.objects.create(text=opened(), position=999, level=1, shape="paragraph", words="x")
    row.words = said.wording
    row.save()
    Taking.objects.create(text=row.text, contribution=said, taken_at=NOW)

    form = {"words": PHONE, "reason": "Telefonnummer.", "do": "black_out"}
    visit(ayşe()).post(address(said, "schwaerzen"), form)

    row.refresh_from_db()
    assert PHONE not in row.words


def test_others_with_the_same_words_are_offered_and_only_the_chosen_ones_change(said):
    reply, other = (comment(said, actor=ida(), text=f"{who}: {PHONE}?", now=NOW) for who in ("Ich", "Du"))
    form = {"words": PHONE, "reason": "Telefonnummer."}
    looked = visit(ayşe()).post(address(said, "schwaerzen"), {**form, "do": "look"}).content.decode()
    assert f'value="{reply.ref}" checked' in " ".join(looked.split()) or reply.ref in looked

    visit(ayşe()).post(address(said, "schwaerzen"), {**form, "do": "black_out", "also": [reply.ref]})

    assert PHONE not in Record.objects.get(pk=reply.pk).body
    assert PHONE in Record.objects.get(pk=other.pk).body


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"words": "Nie gesagt", "reason": "Name."}, "stehen so nicht im Eintrag"),
        ({"words": "", "reason": "Name."}, "Die Worte fehlen."),
        ({"words": PHONE, "reason": f"Es ist {PHONE}."}, "Sagen Sie nur, worum es geht"),
        ({"words": "\n".join(f"Wort {n}" for n in range(21)), "reason": "Name."}, "Höchstens zwanzig"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(said, form, sentence):
    answer = visit(ayşe()).post(address(said, "schwaerzen"), {**form, "do": "black_out"})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert form["reason"] in answer.content.decode()
    assert PHONE in Contribution.objects.get(pk=said.pk).body


def test_one_proposes_to_erase_another_confirms_and_both_see_where_it_stands(said):
    first, second = visit(ayşe()), visit(malik())
    first.post(address(said, "loeschen"), {"reason": "Brief der Person."})

    assert "nun ist eine zweite Person dran" in first.get(address(said, "loeschen")).content.decode()
    yes = {"do": "confirm", "asked": ErasureRequest.objects.get().pk}
    assert first.post(address(said, "loeschen"), yes).status_code == 422
    assert said.ref in second.get("/loeschungen/").content.decode()
    second.post(address(said, "loeschen"), yes)

    assert Record.objects.get(pk=said.pk).state == RecordState.ERASED
    assert "Zwei Menschen haben das entschieden." in visit().get(f"/werdegang/{said.ref}/").content.decode()


def test_who_proposes_a_moment_later_neither_confirms_nor_declines_what_they_have_not_read(said):
    visit(ayşe()).post(address(said, "loeschen"), {"reason": "Brief der Person."})

    late = visit(malik()).post(address(said, "loeschen"), {"reason": "Anruf der Person."})

    assert late.status_code == 422
    assert "schon vorgeschlagen" in late.content.decode()
    assert ErasureRequest.objects.get().decided_at is None


def test_a_yes_is_to_the_proposal_that_stood_on_the_page(said):
    first, second = visit(ayşe()), visit(malik())
    first.post(address(said, "loeschen"), {"reason": "Brief der Person."})
    yes = {"do": "confirm", "asked": ErasureRequest.objects.get().pk}
    second.post(address(said, "loeschen"), {**yes, "do": "decline"})
    first.post(address(said, "loeschen"), {"reason": "Ein anderer Grund."})

    assert second.post(address(said, "loeschen"), yes).status_code == 422
    assert Record.objects.get(pk=said.pk).state == RecordState.PUBLISHED


def test_the_desk_corrects_in_public_and_typed_words_survive_a_missing_reason(said):
    browser, right = visit(krüger()), "Für Kinder gibt es Sand und Wasser."
    form = {"text_body": "Rufen Sie an.", "text_wording": right, "reason": ""}
    missing = browser.post(address(said, "berichtigen"), form)
    assert missing.status_code == 422
    assert right in missing.content.decode()

    browser.post(address(said, "berichtigen"), {**form, "reason": "Tippfehler"})

    assert Contribution.objects.get(pk=said.pk).wording == right
    assert set(Correction.objects.get().before) == {"body", "wording"}
    trail = visit().get(f"/werdegang/{said.ref}/").content.decode()
    assert "Berichtigt am 4. Mai 2027: Tippfehler" in trail
    assert f"Auskunft: {PHONE}." in trail


def test_a_stranger_gets_a_sentence_and_a_draft_of_others_is_not_there(said):
    assert visit(jörg()).get(address(said, "schwaerzen")).status_code == 403
    assert visit().get(address(said, "pflege")).status_code == 403
    assert visit(ayşe()).get("/eintraege/2222-2222/pflege/").status_code == 404


def test_the_desk_corrects_the_name_beside_a_slip_and_is_told_where_it_cannot_stand(said):
    browser = visit(krüger())
    assert 'name="name"' not in browser.get(address(said, "berichtigen")).content.decode()
    writer = Person.objects.create_without_data()
    Record.objects.filter(pk=said.pk).update(author=writer)
    words = Contribution.objects.get(pk=said.pk)
    form = {"text_body": words.body, "text_wording": words.wording, "reason": "Verlesen.", "name": "Bezirksamt Mitte"}

    refused = browser.post(address(said, "berichtigen"), form)
    assert refused.status_code == 422
    assert "Diesen Namen können wir nicht zeigen" in refused.content.decode()
    browser.post(address(said, "berichtigen"), {**form, "name": "Erna Mayer"})

    assert "Erna Mayer" in visit().get(f"/werdegang/{said.ref}/").content.decode()
