"""What was computed is public with its input, its command and its hash; what is not public has no run either."""

import hashlib

import pytest

from cast import LATER, NOW, jörg, malik, prepared_process
from mitstadt.methods.shared.hashing import canonical_json
from mitstadt.spine.actions.runs import ask_for_run, compute
from mitstadt.spine.actions.withdrawal import withdraw
from mitstadt.spine.tests.trial_format import contribution, running_process
from trial_runs import LETTERS, computed_run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_works_yet(monkeypatch):
    """In tests a task runs where it is enqueued; here it waits."""
    monkeypatch.setattr("mitstadt.spine.actions.runs.hand_over", lambda key: None)


@pytest.fixture
def process():
    return running_process()


def page(client, run) -> str:
    answer = client.get(f"/auswertungen/{run.ref}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_how_it_was_computed_and_how_to_compute_it_again(client, process):
    run = computed_run(process, now=NOW)

    told = page(client, run)

    for words in ("Buchstaben ziehen", "fertig", run.input_id, run.output_sha256, run.command.split(" --")[0]):
        assert words in told


def test_whoever_downloads_the_input_computes_the_same_bytes(client, process):
    run = computed_run(process, now=NOW)

    data = client.get(f"/auswertungen/{run.ref}/eingabe").content
    output = client.get(f"/auswertungen/{run.ref}/ergebnis.json").content

    assert hashlib.sha256(data).hexdigest() == run.input_id
    assert canonical_json(LETTERS.compute(data, {}, run.seed)) == output
    assert hashlib.sha256(output).hexdigest() == run.output_sha256


def test_a_run_that_waits_says_so_and_has_no_result(client, process):
    run = ask_for_run(process, LETTERS, now=NOW)

    assert "Das Ergebnis ist noch nicht da" in page(client, run)
    assert client.get(f"/auswertungen/{run.ref}/ergebnis.json").status_code == 404


def test_a_run_that_failed_says_what_the_method_said(client, process):
    run = ask_for_run(process, LETTERS, now=NOW, settings={"letters": 1000})
    compute(run.pk, clock_now=lambda: NOW)

    told = page(client, run)

    assert "Die Rechnung ist nicht gelungen" in told
    assert "There are only" in told
    assert client.get(f"/auswertungen/{run.ref}/eingabe").status_code == 200


def test_the_trail_of_the_record_leads_to_the_run_and_its_ref_too(client, process):
    run = computed_run(process, now=NOW)

    assert f'href="/auswertungen/{run.ref}/"' in client.get(f"/werdegang/{process.ref}/").content.decode()
    assert client.get(f"/werdegang/{run.ref}/").url == f"/auswertungen/{run.ref}/"


def test_a_run_about_what_is_not_public_does_not_exist_for_strangers(client, process):
    draft = computed_run(prepared_process(title="Noch geheim?"), now=NOW)
    said = contribution(process, actor=jörg())
    taken_back = computed_run(said, now=NOW)
    withdraw(said, actor=jörg(), now=LATER)

    for run in (draft, taken_back):
        for rest in ("", "eingabe", "ergebnis.json"):
            assert client.get(f"/auswertungen/{run.ref}/{rest}").status_code == 404
    client.force_login(malik().person, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/auswertungen/{draft.ref}/").status_code == 200
