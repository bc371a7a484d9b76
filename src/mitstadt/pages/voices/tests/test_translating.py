"""Public words in the reader's language, on request: asked once, marked as a machine's, and gone with the words."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from cast import LATER, NOW, ayşe, jörg, malik
from fake_translator import translator
from mitstadt.spine.actions import machine_words as by_machine
from mitstadt.spine.actions.blacking_out import black_out
from mitstadt.spine.actions.corrections import reword
from mitstadt.spine.actions.moderation import decide, report
from mitstadt.spine.actions.withdrawal import erase, withdraw
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import MachineTranslation, ModerationVerdict, RecordState, ReportReason, SearchEntry
from mitstadt.spine.tests.trial_format import contribution, running_process
from visits import visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]


@pytest.fixture
def machine(settings):
    with translator() as running:
        settings.TRANSLATION_URL = running.address
        yield running


@pytest.fixture
def said():
    return contribution(running_process(), actor=jörg(), body="Mehr Bänke in der Turmstraße 7.")


def address(said, language: str = "en") -> str:
    with override(language):
        return reverse("translation", args=[said.ref])


def asked(said, language: str = "en", who=None):
    return visit(who).post(address(said, language), follow=True)


def test_a_guest_reads_it_in_english_with_the_original_below_and_the_machine_is_asked_once(machine, said):
    page = asked(said).content.decode()

    assert "MEHR BÄNKE IN DER TURMSTRASSE 7." in page
    assert "Mehr Bänke in der Turmstraße 7." in page
    assert "Translated by a machine" in page
    assert '<meta name="robots" content="noindex">' in page
    asked(said)
    assert "MEHR BÄNKE" in visit().get(address(said)).content.decode()
    assert [sent["q"] for sent in machine.asked] == [["Mehr Bänke in der Turmstraße 7."]]


def test_opening_the_page_sends_nothing(machine, said):
    assert visit().get(address(said)).status_code == 200
    assert machine.asked == []


def test_nothing_about_the_reader_or_the_writer_is_sent(machine, said):
    asked(said, who=jörg())

    assert set(machine.asked[0]) == {"q", "source", "target", "format"}


def test_without_a_service_there_is_neither_page_nor_button(said):
    process = reverse("process", args=[said.room.ref])

    assert visit().get(address(said)).status_code == 404
    assert visit().post(address(said)).status_code == 404
    assert "uebersetzung" not in visit().get(f"/en{process}").content.decode()


@pytest.mark.parametrize("language", ["de", "de-simple"])
def test_words_in_the_language_of_the_page_are_not_translated(machine, said, language):
    assert visit().post(address(said, language)).status_code == 404
    assert machine.asked == []


@pytest.mark.parametrize("state", sorted(set(RecordState) - {RecordState.PUBLISHED, RecordState.ERASED}))
def test_what_not_everyone_may_read_is_never_sent_not_even_for_its_author(machine, said, state):
    type(said).objects.filter(pk=said.pk).update(state=state)

    assert asked(said, who=jörg()).status_code in {404, 410}
    assert machine.asked == []
    said.refresh_from_db()
    with pytest.raises(Refused):
        by_machine.translate_by_machine(said, "en", connection_address="10.0.0.1", now=NOW)
    assert machine.asked == []


def test_what_is_hidden_afterwards_is_not_shown_in_another_language(machine, said):
    asked(said)
    told = report(said, actor=malik(), reason=ReportReason.PERSONAL_DATA, text="", now=NOW)
    decide(
        told.case,
        actor=ayşe(),
        verdict=ModerationVerdict.HIDE,
        rule=ReportReason.PERSONAL_DATA,
        reason="Eine Anschrift.",
        now=NOW,
    )

    assert "TURMSTRASSE" not in visit().get(address(said)).content.decode()


def test_what_is_taken_back_is_not_shown(machine, said):
    asked(said)
    withdraw(said, actor=jörg(), now=LATER)

    assert "TURMSTRASSE" not in visit().get(address(said)).content.decode()


def test_it_goes_when_the_words_are_erased(machine, said):
    asked(said)
    erase(said, actor=jörg(), now=LATER)

    assert not MachineTranslation.objects.exists()


def test_it_goes_when_a_word_is_blacked_out(machine, said):
    asked(said)
    black_out(said, actor=ayşe(), words=["Turmstraße 7"], reason="Eine Anschrift.", now=LATER)

    assert not MachineTranslation.objects.exists()


def test_it_goes_when_the_author_says_it_otherwise_and_the_new_words_are_asked_for(machine, said):
    asked(said)
    reword(said, actor=jörg(), texts={"body": "Mehr Stühle."}, now=LATER)

    assert not MachineTranslation.objects.exists()
    assert "MEHR STÜHLE." in asked(said).content.decode()


def test_words_that_changed_past_us_are_not_shown_as_translated(machine, said):
    asked(said)
    type(said).objects.filter(pk=said.pk).update(body="Weniger Bänke.")

    assert "MEHR BÄNKE" not in visit().get(address(said)).content.decode()


def test_words_that_change_while_the_machine_thinks_are_not_kept(machine, said):
    def slow(texts, *, source, target):
        type(said).objects.filter(pk=said.pk).update(state=RecordState.HIDDEN)
        return ["MORE"]

    with pytest.raises(Refused) as refused:
        by_machine.translate_by_machine(said, "en", connection_address="10.0.0.1", now=NOW, ask=slow)

    assert refused.value.reason == "record_not_public"
    assert not MachineTranslation.objects.exists()


def test_the_search_does_not_know_what_a_machine_said(machine, said):
    before = list(SearchEntry.objects.values())
    machine.body = b'{"translatedText": ["Zwieback"]}'
    asked(said)

    assert MachineTranslation.objects.get().words == {"body": "Zwieback"}
    assert list(SearchEntry.objects.values()) == before


def test_what_the_machine_says_is_shown_as_text(machine, said):
    machine.body = b'{"translatedText": ["<script>alert(1)</script>"]}'

    assert "<script>alert(1)</script>" not in asked(said).content.decode()


def test_a_machine_that_fails_is_told_in_a_sentence_and_not_asked_again_at_once(machine, said):
    machine.status = 500

    first, second = asked(said), asked(said)

    assert (first.status_code, second.status_code) == (422, 422)
    assert "The translation did not work" in first.content.decode()
    assert "Mehr Bänke in der Turmstraße 7." in first.content.decode()
    assert len(machine.asked) == 1
    assert not MachineTranslation.objects.exists()


def test_one_connection_does_not_keep_the_machine_busy(machine, said, monkeypatch):
    monkeypatch.setattr(by_machine, "TRANSLATIONS_PER_HOUR", 1)
    other = contribution(running_process(), actor=jörg(), body="Und Wasser.")

    assert asked(said).status_code == 200
    assert asked(other).status_code == 422
    assert len(machine.asked) == 1
    # What is kept costs nothing, and is read by anyone.
    assert asked(said).status_code == 200


def test_a_text_far_too_long_is_not_sent(machine, said):
    type(said).objects.filter(pk=said.pk).update(body="Bank " * 5_000)

    assert asked(said).status_code == 422
    assert machine.asked == []


def test_the_button_stands_where_the_language_differs_and_nowhere_else(machine):
    room = running_process()
    address = reverse("process", args=[room.ref])

    assert f"/en/eintraege/{room.ref}/uebersetzung/" in visit().get(f"/en{address}").content.decode()
    assert "uebersetzung" not in visit().get(address).content.decode()


def test_the_privacy_page_names_the_service(machine, settings):
    assert "127.0.0.1" in visit().get(reverse("privacy")).content.decode()
    settings.TRANSLATION_URL = ""
    assert "Übersetzungsdienst" not in visit().get(reverse("privacy")).content.decode()
