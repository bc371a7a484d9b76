"""Runs: computed once, from an input that is published, with a command that anyone can type; never twice in the log."""

import json
from dataclasses import replace
from types import ModuleType

import pytest

from cast import LATER, NOW, jörg
from mitstadt.methods.shared.hashing import canonical_json
from mitstadt.spine import checks, runs
from mitstadt.spine.actions.runs import LOST_AFTER, ask_for_run, compute
from mitstadt.spine.models import Act, Record, Run, RunInput
from mitstadt.spine.run_queue import hand_over
from mitstadt.spine.tests.at_once import at_once, seen_there
from mitstadt.spine.tests.trial_format import contribution, running_process
from trial_runs import LETTERS, computed_run, letters_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_works_yet(monkeypatch):
    """In tests a task runs where it is enqueued; here it waits."""
    monkeypatch.setattr("mitstadt.spine.actions.runs.hand_over", lambda key: None)


@pytest.fixture
def process():
    return running_process()


def at(moment):
    return {"clock_now": lambda: moment}


def test_a_run_that_is_asked_for_is_computed_by_a_worker(process):
    run = ask_for_run(process, LETTERS, now=NOW, settings={"letters": 4}, seed=11)
    assert run.state == "waiting"

    hand_over(run.pk)

    run.refresh_from_db()
    assert run.state == "done"
    assert json.loads(run.output)["of"] == len(process.title)
    assert run.command == """./mitstadt letters eingabe.json --seed 11 --settings '{"letters":4}'"""


def test_the_log_says_what_was_computed_from_what_once(process):
    run = computed_run(process, now=NOW)

    assert not compute(run.pk, **at(LATER))
    [act] = Act.objects.filter(verb="computed")
    assert (act.ref, act.actor_kind) == (process.ref, "system")
    assert act.details == {
        "run": run.ref,
        "method": "trial_letters",
        "version": "1",
        "settings": {},
        "seed": 7,
        "input": run.input_id,
        "output": run.output_sha256,
    }


def test_the_same_question_is_one_run_and_another_seed_does_not_draw_again(process):
    first = computed_run(process, now=NOW)

    again = ask_for_run(process, LETTERS, now=LATER, seed=8)
    assert (again.pk, again.seed) == (first.pk, 7)
    assert ask_for_run(process, LETTERS, now=LATER, settings={"letters": 5}).pk != first.pk
    process.title = "Anders?"
    process.save()
    assert ask_for_run(process, LETTERS, now=LATER).pk != first.pk
    assert Run.objects.count() == 3
    assert RunInput.objects.count() == 2


def test_the_published_input_gives_the_same_bytes_to_anyone(process):
    run = computed_run(process, now=NOW)
    Record.objects.filter(pk=process.pk).update(title="Inzwischen anders")

    published = Run.objects.get(pk=run.pk)
    output = canonical_json(LETTERS.compute(published.input.data, published.settings, published.seed))

    assert output == published.output.encode()


def test_a_method_that_refuses_fails_with_its_sentence_and_is_tried_anew(process, monkeypatch):
    run = ask_for_run(process, LETTERS, now=NOW, settings={"letters": 1000})
    assert compute(run.pk, **at(NOW))

    run.refresh_from_db()
    assert (run.state, run.output) == ("failed", "")
    assert run.problem == f"There are only {len(process.title)} letters."
    assert not Act.objects.filter(verb="computed").exists()
    again = ask_for_run(process, LETTERS, now=LATER, settings={"letters": 1000})
    assert (again.pk, again.state, again.problem) == (run.pk, "waiting", "")


def test_a_method_that_breaks_is_told_plainly_and_stands_in_the_operators_log(process, monkeypatch, caplog):
    broken = replace(LETTERS, compute=lambda data, settings, seed: {"x": 1 // 0})
    monkeypatch.setitem(runs._methods, LETTERS.key, broken)
    run = ask_for_run(process, broken, now=NOW)

    compute(run.pk, **at(NOW))

    run.refresh_from_db()
    assert run.problem == "The method stopped at an error that nobody expected (ZeroDivisionError)."
    assert "ZeroDivisionError" in caplog.text


def test_a_run_whose_method_has_a_newer_version_by_now_says_so(process, monkeypatch):
    run = ask_for_run(process, LETTERS, now=NOW)
    monkeypatch.setitem(runs._methods, LETTERS.key, replace(LETTERS, version="2"))

    compute(run.pk, **at(NOW))

    run.refresh_from_db()
    assert run.problem == "The method “trial_letters” in version 1 is no longer installed here."


def test_an_input_that_was_changed_is_not_computed_with(process):
    run = ask_for_run(process, LETTERS, now=NOW)
    other = ask_for_run(contribution(process, actor=jörg()), LETTERS, now=NOW)
    RunInput.objects.filter(pk=run.input_id).update(packed=other.input.packed)

    compute(run.pk, **at(NOW))

    run.refresh_from_db()
    assert run.problem == "The input is damaged: it does not fit its hash."


def test_a_run_is_taken_over_when_its_machine_was_lost(process):
    run = ask_for_run(process, LETTERS, now=NOW)
    Run.objects.filter(pk=run.pk).update(state="running", started_at=NOW)

    assert not compute(run.pk, **at(NOW + LOST_AFTER / 2))
    assert compute(run.pk, **at(NOW + LOST_AFTER))


def test_an_undeclared_method_is_an_error(process):
    with pytest.raises(LookupError, match="songs"):
        ask_for_run(process, replace(LETTERS, key="songs"), now=NOW)


@pytest.mark.parametrize(
    "wrong",
    [{"command": "./mitstadt letters"}, {"command": "{input} {songs}"}, {"version": ""}, {"name": ""}, {"key": "A b"}],
)
def test_a_method_without_key_version_name_or_command_stops_the_start(wrong, monkeypatch):
    assert "mitstadt.E006" not in {error.id for error in checks.check_declarations()}
    monkeypatch.setitem(runs._methods, "wrong", replace(LETTERS, **wrong))

    assert "mitstadt.E006" in {error.id for error in checks.check_declarations()}


def test_a_method_of_which_its_slice_did_not_tell_stops_the_start(monkeypatch):
    made_up = ModuleType("mitstadt.pages.runs")
    vars(made_up)["SONGS"] = replace(LETTERS, key="songs")
    monkeypatch.setattr(checks, "find_spec", lambda name: name if name == "mitstadt.pages.runs" else None)
    monkeypatch.setattr(checks, "import_module", lambda _name: made_up)

    assert [error.msg for error in checks.check_declarations()] == ["“songs” is not declared."]


def test_a_key_of_a_method_is_declared_once():
    with pytest.raises(ValueError, match="already a method"):
        runs.register(replace(LETTERS, inputs=lambda record: letters_of(record)))


@pytest.mark.django_db(transaction=True)
def test_four_who_compute_the_same_run_at_once_leave_one_result_and_one_act(shared_database):
    run = ask_for_run(running_process(), LETTERS, now=NOW)
    shared_database()

    results = at_once([lambda: compute(run.pk, **at(NOW)) for _ in range(4)])

    assert sorted(map(str, results)) == ["False"] * 3 + ["True"]
    assert seen_there(lambda: Act.objects.filter(verb="computed").count()) == 1


@pytest.mark.django_db(transaction=True)
def test_four_who_ask_for_the_same_run_at_once_get_the_same(shared_database):
    process = running_process()
    shared_database()

    results = at_once([lambda: ask_for_run(process, LETTERS, now=NOW).pk for _ in range(4)])

    assert len(set(results)) == 1
    assert seen_there(lambda: list(Run.objects.values_list("state", flat=True))) == ["waiting"]


def test_a_machine_that_was_taken_for_lost_and_comes_back_writes_nothing_more(process):
    run = ask_for_run(process, LETTERS, now=NOW)
    moments = iter((NOW, NOW + LOST_AFTER))

    def clock_now():
        moment = next(moments)
        if moment != NOW:
            assert compute(run.pk, **at(moment)), "another one took over meanwhile"
        return moment

    assert not compute(run.pk, clock_now=clock_now)
    assert Act.objects.filter(verb="computed").count() == 1
