"""Blacking out takes words from everywhere, erasing for others takes two, and both are done again after a restore."""

import pytest

from cast import LATER, NOW, ayşe, ida, jörg, krüger, malik, office, person, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.methods.log.tree import leaf_hash
from mitstadt.spine.actions.amendments import amend
from mitstadt.spine.actions.blacking_out import black_out
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.erasing import erasure_rows
from mitstadt.spine.actions.erasing_again import erase_again
from mitstadt.spine.actions.erasing_for_others import decide_erasure, propose_erasure
from mitstadt.spine.actions.moderation import decide, judge, report
from mitstadt.spine.actions.splitting import split
from mitstadt.spine.actions.withdrawal import erase
from mitstadt.spine.actors import actor_for
from mitstadt.spine.amending import CORRECT
from mitstadt.spine.blackening import blackened, mark_in, repeats, spans_of
from mitstadt.spine.errors import Refused
from mitstadt.spine.log import entry_of
from mitstadt.spine.models import (
    Act,
    ActContent,
    Amendment,
    Correction,
    Erasure,
    ErasureRequest,
    ModerationVerdict,
    Notice,
    Record,
    RecordState,
    Report,
    ReportReason,
    Room,
    SearchEntry,
    SearchWord,
    Translation,
)
from mitstadt.spine.own_verbs import HIDDEN_FOR_NOW
from mitstadt.spine.queries.judgements import judgements_of
from mitstadt.spine.queries.kept_words import also_said_in
from mitstadt.spine.search.indexing import forget_unused_words
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]

ADDRESS = "Drontheimer Straße 17"
WHY = "Anschrift einer dritten Person."


def said_with_address() -> Record:
    return contribution(running_process(), actor=jörg(), body=f"Frau Nowak, {ADDRESS}, hat recht: mehr Bänke.")


def test_blacked_out_words_are_in_no_table_and_their_place_is_seen():
    said = said_with_address()
    Translation.objects.create(record_id=said.pk, language="en", body=f"She lives at {ADDRESS}.")
    report(said, actor=ida(), reason=ReportReason.PERSONAL_DATA, text=f"Da steht {ADDRESS}!", now=NOW)

    done = black_out(said, actor=ayşe(), words=[ADDRESS], reason=WHY, now=LATER)

    said.refresh_from_db()
    assert said.body == "Frau Nowak, ▇▇▇ [geschwärzt], hat recht: mehr Bänke."
    assert done.places == 3
    assert Report.objects.get().text == "Da steht ▇▇▇ [geschwärzt]!"
    assert "Drontheimer" not in Translation.objects.get().body
    assert not any("Drontheimer" in str(row.content) for row in ActContent.objects.all())
    assert "drontheim" not in SearchEntry.objects.get(record_id=said.pk).body_stems
    assert not SearchWord.objects.filter(stem__startswith="drontheim").exists()
    assert not any("Drontheimer" in str(row.cells) for row in Erasure.objects.all())


def test_the_log_still_verifies_and_promises_what_stands_there_now():
    said = said_with_address()
    black_out(said, actor=ayşe(), words=[ADDRESS], reason=WHY, now=LATER)

    act = Act.objects.get(verb="blacked_out", ref=said.ref)
    assert act.details == {"reason": WHY, "places": 1}
    assert all(leaf_hash(entry_of(one).line()).hex() == one.leaf_hash for one in Act.objects.all())
    said.refresh_from_db()
    assert ActContent.objects.get(record_id=said.pk).content["body"] == said.body
    assert Notice.objects.filter(person=jörg().person, event="blacked_out").exists()


@pytest.mark.parametrize("who", [jörg, krüger, ida], ids=["the author", "the desk", "a stranger"])
def test_only_who_moderates_there_blacks_out(who):
    said = said_with_address()

    with pytest.raises(Refused, match="needs_role"):
        black_out(said, actor=who(), words=[ADDRESS], reason=WHY, now=LATER)


def test_who_moderates_for_another_office_does_not():
    said = said_with_address()
    neighbour = with_role(person("Svenja"), Role.MODERATOR, office("Bezirksamt Pankow", "ba-pankow"))

    with pytest.raises(Refused, match="needs_role"):
        black_out(said, actor=neighbour, words=[ADDRESS], reason=WHY, now=LATER)


@pytest.mark.parametrize(
    ("words", "reason", "refused"),
    [
        (["Osloer Straße"], WHY, "words_not_found"),
        ([" ", ""], WHY, "words_too_short"),
        (["F"], WHY, "words_too_short"),
        ([ADDRESS], "", "reason_missing"),
        ([ADDRESS], f"Die Anschrift {ADDRESS} gehört nicht hierher.", "reason_repeats_words"),
    ],
)
def test_what_cannot_be_blacked_out_is_said_and_nothing_changes(words, reason, refused):
    said = said_with_address()
    with pytest.raises(Refused, match=refused):
        black_out(said, actor=ayşe(), words=words, reason=reason, now=LATER)

    said.refresh_from_db()
    assert ADDRESS in said.body
    assert not Erasure.objects.exists()


def test_a_whole_text_is_erased_by_two_and_not_blacked_out_by_one():
    said = contribution(running_process(), actor=jörg(), body=ADDRESS)

    with pytest.raises(Refused, match="words_all_of_it"):
        black_out(said, actor=ayşe(), words=[ADDRESS], reason=WHY, now=LATER)


def test_where_others_repeat_the_words_they_are_found_and_go_too():
    said = said_with_address()
    reply = comment(said, actor=ida(), text=f"Wer wohnt in der {ADDRESS}?", now=NOW)

    assert [one.ref for one in also_said_in(said, [ADDRESS])] == [reply.ref]
    black_out(said, actor=ayşe(), words=[ADDRESS], also=[reply], reason=WHY, now=LATER)

    reply.refresh_from_db()
    assert "Drontheimer" not in reply.body
    assert Act.objects.filter(verb="blacked_out", ref=reply.ref).exists()


def test_words_are_found_in_any_letter_case_and_over_line_ends():
    text = "Max Meier\nund MAX  MEIER"
    spans = spans_of(["max meier"], text)

    assert blackened(text, spans, mark="–") == "–\nund –"
    assert mark_in("en") == "▇▇▇ [blacked out]"


def test_a_reason_may_name_a_day_but_no_number_address_or_sentence():
    text = "Rufen Sie 030 4455667 an oder schreiben Sie an m@example.org, ich bin immer da."
    assert not repeats("Brief vom 3. Mai, Telefonnummer einer Person.", [text])
    assert repeats("Die 4455667 ist privat.", [text])
    assert repeats("m@example.org ist privat.", [text])
    assert repeats("Sie schrieb: ich bin immer da an.", ["schreiben Sie an, ich bin immer da an jedem Tag"])


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("Erika Muster, Hauptstraße, wohnt da.", "Erika Muster, Hauptstraße"),
        ("Die Nummer 0151/44 55 667 ist privat.", "Ruft an: 0151 4455667."),
        ("IBAN DE12 3456 7890 1234 ist privat.", "Spendet an DE12345678901234!"),
    ],
)
def test_a_reason_repeats_neither_all_of_a_short_text_nor_a_number_grouped_otherwise(reason, text):
    assert repeats(reason, [text])
    assert not repeats("Auf Bitte der Person, Brief vom 3. Mai 2027.", [text, "Ja."])


def test_a_reason_to_erase_does_not_say_who_wrote_it():
    wendt = actor_for(person("Jörg Wendt"))
    said = contribution(running_process(), actor=wendt)

    for reason in ("Brief von Jörg Wendt.", "Auf Wunsch von Herrn Wendt, 3. Mai."):
        with pytest.raises(Refused, match="reason_repeats_words"):
            propose_erasure(said, actor=ayşe(), reason=reason, now=LATER)
    assert propose_erasure(said, actor=ayşe(), reason="Brief vom 3. Mai.", now=LATER)


def asked() -> ErasureRequest:
    said = said_with_address()
    return propose_erasure(said, actor=ayşe(), reason="Brief der Person, die es schrieb.", now=LATER)


def test_two_people_erase_for_somebody_else_and_the_reason_is_public():
    request = asked()
    said = Record.objects.get(pk=request.record_id)
    assert said.state == RecordState.PUBLISHED

    decide_erasure(request, actor=malik(), confirmed=True, now=LATER)

    said.refresh_from_db()
    assert (said.state, said.body, said.author) == (RecordState.ERASED, "", None)
    assert Act.objects.get(verb="erased_for_others").details["reason"] == "Brief der Person, die es schrieb."
    assert not any("Drontheimer" in str(row.content) for row in ActContent.objects.all())


def test_nobody_is_both_of_the_two_and_a_stranger_is_neither():
    request = asked()
    with pytest.raises(Refused, match="second_person_needed"):
        decide_erasure(request, actor=ayşe(), confirmed=True, now=LATER)
    with pytest.raises(Refused, match="needs_role"):
        decide_erasure(request, actor=krüger(), confirmed=True, now=LATER)
    assert Record.objects.get(pk=request.record_id).body


def test_a_declined_erasure_changes_nothing_and_can_be_proposed_again():
    request = asked()
    decide_erasure(request, actor=malik(), confirmed=False, now=LATER)

    assert Record.objects.get(pk=request.record_id).body
    with pytest.raises(Refused, match="erasure_decided"):
        decide_erasure(request, actor=malik(), confirmed=True, now=LATER)
    again = propose_erasure(request.record, actor=malik(), reason="Noch einmal gebeten.", now=LATER)
    with pytest.raises(Refused, match="erasure_proposed_already"):
        propose_erasure(request.record, actor=ayşe(), reason="Auch gebeten.", now=LATER)
    assert again.decided_at is None


def test_a_reason_that_says_what_is_erased_is_refused():
    said = said_with_address()
    with pytest.raises(Refused, match="reason_repeats_words"):
        propose_erasure(said, actor=ayşe(), reason="Frau Nowak, Drontheimer Straße 17, hat recht.", now=LATER)


def test_after_an_older_backup_everything_is_erased_again_and_once():
    blacked, erased, own = said_with_address(), said_with_address(), said_with_address()
    before = {one.pk: Record.objects.filter(pk=one.pk).values().get() for one in (blacked, erased, own)}
    black_out(blacked, actor=ayşe(), words=["Frau Nowak"], reason=WHY, now=LATER)
    black_out(blacked, actor=ayşe(), words=[ADDRESS], reason=WHY, now=LATER)
    afterwards = Record.objects.get(pk=blacked.pk).body
    decide_erasure(
        propose_erasure(erased, actor=ayşe(), reason="Brief.", now=LATER), actor=malik(), confirmed=True, now=LATER
    )
    erase(own, actor=jörg(), now=LATER)
    rows = erasure_rows()
    # An older backup knows the words and nothing of their erasure.
    Erasure.objects.all().delete()
    for pk, values in before.items():
        Record.objects.filter(pk=pk).update(**{name: value for name, value in values.items() if name != "id"})

    assert erase_again(rows, now=LATER) == 4
    assert Record.objects.get(pk=blacked.pk).body == afterwards
    assert {Record.objects.get(pk=one.pk).state for one in (erased, own)} == {RecordState.ERASED}
    assert Act.objects.filter(verb="erased_again").count() == 4
    assert erase_again(rows, now=LATER) == 0
    assert Act.objects.filter(verb="erased_again").count() == 4


def test_words_of_what_was_erased_leave_the_list_of_known_words():
    said = contribution(running_process(), actor=jörg(), body="Zwergflusspferdgehege")
    erase(said, actor=jörg(), now=LATER)

    assert forget_unused_words() > 0
    assert not SearchWord.objects.filter(stem__startswith="zwergfluss").exists()


def test_blacked_out_words_are_not_read_in_what_the_first_of_two_moderators_said():
    said = said_with_address()
    Room.objects.filter(pk=said.room_id).update(four_eyes=True)
    said = Record.objects.get(pk=said.pk)
    case = judge(
        said, actor=ayşe(), verdict=ModerationVerdict.HIDE, rule="personal_data", reason=f"Da steht {ADDRESS}.", now=NOW
    )
    samira = with_role(person("Samira"), Role.MODERATOR)
    decide(case, actor=samira, verdict=ModerationVerdict.KEEP, rule="other", reason="Wird geschwärzt.", now=NOW)

    black_out(said, actor=ayşe(), words=[ADDRESS], reason=WHY, now=LATER)

    told = judgements_of(said.pk, {HIDDEN_FOR_NOW.key})
    assert [one.reason for one in told.values() if "Da steht" in one.reason] == ["Da steht ▇▇▇ [geschwärzt]."]


def test_blacked_out_words_are_not_read_in_what_was_changed_in_public():
    process = running_process()
    before = f"Was wird aus {ADDRESS}?"
    for title in (before, "Was wird aus dem Haus?"):
        amend(process, CORRECT, actor=malik(), after={"title": title}, reason=f"Zu {ADDRESS}.", now=NOW)

    black_out(process, actor=ayşe(), words=[ADDRESS], reason=WHY, now=LATER)

    kept = [str(value) for row in Amendment.objects.values_list("before", "after", "reason") for value in row]
    assert len(kept) == 6
    assert not any(ADDRESS in value for value in kept)


def test_a_reason_to_black_out_does_not_tell_the_number_grouped_otherwise():
    said = contribution(running_process(), actor=jörg(), body="Ruft mich an: 0151 4455667, immer.")

    with pytest.raises(Refused, match="reason_repeats_words"):
        black_out(said, actor=ayşe(), words=["0151 4455667"], reason="Die 0151/44 55 667 ist privat.", now=LATER)


def test_nobody_blacks_out_where_they_have_no_task_by_naming_it_beside_their_own():
    said = said_with_address()
    elsewhere = running_process(title="Und hier?", host=office("Bezirksamt Pankow", "ba-pankow"))
    other = contribution(elsewhere, actor=jörg(), body=f"Auch hier: {ADDRESS}.")

    with pytest.raises(Refused, match="needs_role"):
        black_out(said, actor=ayşe(), words=[ADDRESS], reason=WHY, now=LATER, also=[other])

    assert ADDRESS in Record.objects.get(pk=said.pk).body


def test_what_was_corrected_at_the_desk_is_not_kept_beside_what_was_erased():
    said = said_with_address()
    Correction.objects.create(record_id=said.pk, at=NOW, reason="Verlesen.", before={"body": ADDRESS})

    erase(said, actor=jörg(), now=LATER)

    assert not Correction.objects.exists()


def test_what_two_erase_is_not_read_on_in_what_it_is_a_piece_of():
    whole = said_with_address()
    first, second = split(
        whole, [f"Frau Nowak, {ADDRESS}, hat recht:", "mehr Bänke."], actor=malik(), reason=WHY, now=NOW
    )

    request = propose_erasure(first, actor=ayşe(), reason="Brief der Person.", now=LATER)
    decide_erasure(request, actor=malik(), confirmed=True, now=LATER)

    assert not Record.objects.filter(body__contains=ADDRESS).exists()
    assert Record.objects.get(pk=second.pk).body == "mehr Bänke."
