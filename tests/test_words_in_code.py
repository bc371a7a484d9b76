"""Every reason that the code gives has a sentence, and every sentence that is declared is used."""

import ast
from pathlib import Path

import pytest

import mitstadt
from mitstadt.spine import links, texts, verbs

SOURCE = Path(mitstadt.__file__).parent
PARTS = ("spine", "ui", "pages", "participation", "site")


@pytest.fixture(scope="module")
def trees():
    files = [
        file
        for part in PARTS
        for file in (SOURCE / part).rglob("*.py")
        if not {"tests", "migrations"} & set(file.relative_to(SOURCE).parts)
    ]
    return {file.relative_to(SOURCE): ast.parse(file.read_text()) for file in files}


def _words(node):
    """The words that an expression can be: itself, or either side of an “if”."""
    if isinstance(node, ast.IfExp):
        return _words(node.body) | _words(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value else set()


def _reasons(tree):
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        if call.func.id == "Refused" and call.args:
            yield from _words(call.args[0])
        if call.func.id == "Permit" and len(call.args) > 1:
            yield from _words(call.args[1])


def _strings(trees):
    return {
        node.value
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _names(trees, *, but):
    """All names and attributes in the code, except in modules with this word in their name: they declare them."""
    return {
        name
        for file, tree in trees.items()
        if but not in file.stem
        for node in ast.walk(tree)
        if (name := getattr(node, "attr", getattr(node, "id", None)))
    }


def test_every_reason_for_a_refusal_has_a_sentence(trees):
    given = {reason for tree in trees.values() for reason in _reasons(tree)}

    assert len(given) > 40
    assert given - texts.REASONS.keys() == set()


def test_every_sentence_for_a_reason_is_given_somewhere(trees):
    declaring = {"texts.py", "reasons.py"}
    given = _strings({file: tree for file, tree in trees.items() if file.name not in declaring})

    assert texts.REASONS.keys() - given == set()


def test_every_declared_verb_event_and_arrow_is_used_somewhere(trees):
    constants = [
        name
        for file in trees
        if "verbs" in file.stem
        for name, value in vars(_module(file)).items()
        if isinstance(value, verbs.Verb | verbs.Event)
    ]
    answered = {name for name in constants if name.startswith("ANSWERED_")}  # reached by the decision

    assert set(constants) - answered - _names(trees, but="verbs") == set()
    assert {one.upper() for one in links.all_types()} - _names(trees, but="links") == set()


def _module(file):
    from importlib import import_module

    return import_module("mitstadt." + ".".join(file.with_suffix("").parts))


def test_only_what_people_do_for_themselves_is_told_in_their_voice():
    by = {voice: {verb.key for verb in verbs.all_verbs() if verb.by is voice} for voice in verbs.By}
    of_people = (
        "accepted_role appealed attached commented contributed deleted_account detached ended_support erased"
        " objected_to_pause placed reminded reported reworded supported withdrew"
    )
    of_authors = (
        "invited_author joined_authors left_authors revoked_invitation"
        " merged_by_authors separated_by_authors split_by_authors"
    )
    made_up = {"tried", "wished", "asked_for_unit"}

    assert by[verbs.By.PEOPLE] - made_up == {*of_people.split(), *of_authors.split()}
    of_system = (
        "built_demo computed erased_again lost_key promise_open_again promised_anew sealed_rows split_off unlinked_rows"
    )
    assert by[verbs.By.SYSTEM] == set(of_system.split())
