"""Merge, part and split on pages that need no script; everything that was typed stays when something is missing."""

import pytest

from cast import NOW, ida, jörg, malik
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.merging import merge
from mitstadt.spine.actions.withdrawal import withdraw
from mitstadt.spine.models import Record
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]
BODY = "Mehr Bänke.\n\nWeniger Lärm."


@pytest.fixture
def two():
    process = running_process()
    return contribution(process, actor=jörg(), body=BODY), contribution(process, actor=ida(), body="Bänke bitte.")


def as_(client, actor):
    client.force_login(actor.person)
    return client


def page(response):
    return response.content.decode()


def test_malik_merges_what_he_ticks_and_all_pages_say_where_it_went(client, two):
    source, target = two
    form = as_(client, malik()).get(f"/eintraege/{target.ref}/zusammenfuehren/")
    assert source.ref in page(form)
    client.post(f"/eintraege/{target.ref}/zusammenfuehren/", {"refs": [source.ref], "reason": "Dasselbe."})

    assert f'href="/eintraege/{target.ref}/"' in page(client.get(f"/eintraege/{source.ref}/"))
    assert f"mit Worten aus {source.ref}" in page(client.get(f"/eintraege/{target.ref}/"))
    trail = page(client.get(f"/werdegang/{source.ref}/"))
    assert "Dasselbe." in trail
    assert trail.count("Es wurde mit anderem zusammengeführt.") == 1
    assert f'href="/werdegang/{target.ref}/"' in trail
    assert "Die Antwort steht noch aus." not in trail
    assert f"Ging auf in: {target.ref}" in page(client.get("/suche/?q=Lärm"))
    assert '"went_on": "merged"' in b"".join(
        client.get(f"/beteiligungen/{source.room.ref}/daten.json").streaming_content
    ).decode().replace('":"', '": "')


def test_a_ref_may_be_typed_in_any_spelling(client, two):
    source, target = two
    typed = {"more": source.ref.lower().replace("-", ""), "reason": "Dasselbe."}
    as_(client, malik()).post(f"/eintraege/{target.ref}/zusammenfuehren/", typed)
    assert Record.objects.get(pk=source.pk).moved_on == "merged"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"reason": "Dasselbe."}, "mindestens zwei"),
        ({"more": "7K3Q-M9XX", "reason": "Dasselbe."}, "Kennzeichen"),
        ({"reason": ""}, "Begründung fehlt"),
        ({"refs": ["nonsense"], "reason": "Dasselbe."}, "nonsense"),
    ],
)
def test_what_is_missing_is_said_and_the_reason_stays(client, two, sent, sentence):
    answer = as_(client, malik()).post(f"/eintraege/{two[1].ref}/zusammenfuehren/", sent)
    assert answer.status_code == 422
    assert sentence in page(answer)
    assert sent["reason"] in page(answer)


def test_people_without_the_task_merge_nothing(client, two):
    for name in ("zusammenfuehren", "trennen", "aufteilen"):
        assert as_(client, ida()).get(f"/eintraege/{two[0].ref}/{name}/").status_code == 403


def test_whoever_is_refused_finds_the_way_back(client, two):
    source, target = two
    came_from = f"http://testserver/eintraege/{source.ref}/"
    refused = client.get(f"/eintraege/{target.ref}/zusammenfuehren/", HTTP_REFERER=came_from)
    assert f'href="/eintraege/{source.ref}/">Zurück' in page(refused)


def test_malik_parts_them_again(client, two):
    source, target = two
    merge([source], target, actor=malik(), reason="Dasselbe.", now=NOW)
    as_(client, malik()).post(f"/eintraege/{source.ref}/trennen/", {"reason": "Doch nicht."})
    assert Record.objects.get(pk=source.pk).moved_on == ""


def test_malik_splits_at_a_line_of_dashes(client, two):
    source, _target = two
    address = f"/eintraege/{source.ref}/aufteilen/"
    changed = as_(client, malik()).post(address, {"text": "Mehr Bänke.\n---\nKein Lärm.", "reason": "Zweierlei."})
    assert "jedes Wort" in page(changed)
    assert "Kein Lärm." in page(changed)
    client.post(address, {"text": "Mehr Bänke.\r\n---\r\nWeniger Lärm.", "reason": "Zweierlei."})
    assert "wurde aufgeteilt" in page(client.get(f"/eintraege/{source.ref}/"))
    assert Record.objects.filter(kind="trial").count() == 4


def test_a_kind_without_a_page_of_its_own_has_answer_support_and_comments(client, two):
    source, _target = two
    comment(source, actor=ida(), text="Das fehlt.", now=NOW)
    shown = page(as_(client, ida()).get(f"/eintraege/{source.ref}/"))
    for words in ("Weniger Lärm.", "Das fehlt.", "Unterstützen", "Etwas dazu sagen", "Melden"):
        assert words in shown


def test_what_is_withdrawn_leads_to_its_trail(client, two):
    withdraw(two[0], actor=jörg(), now=NOW)
    answer = client.get(f"/eintraege/{two[0].ref}/")
    assert answer.url == f"/werdegang/{two[0].ref}/"
    assert client.get("/eintraege/7K3Q-M9XD/").status_code == 404


def test_comments_of_the_page_are_sorted_as_asked(client, two):
    for words in ("Erstens.", "Zweitens."):
        comment(two[0], actor=ida(), text=words, now=NOW)
    shown = page(client.get(f"/eintraege/{two[0].ref}/?reihenfolge=newest"))
    assert shown.index("Zweitens.") < shown.index("Erstens.")
    assert client.get(f"/eintraege/{two[0].ref}/?reihenfolge=nonsense&seite=x").status_code == 200
