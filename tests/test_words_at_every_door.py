"""Whatever door words come through, they are clean: every form, every action that takes free text."""

import ast
import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

import mitstadt
from mitstadt.site.middleware import CleanWordsMiddleware

ROOT = Path(mitstadt.__file__).parent
TYPED = "Wir zahlen \u202e0005\u202c Euro\u200b.\r\nBu\u0308rger\x00"
CLEAN = "Wir zahlen 0005 Euro.\nBürger"
# What a text in an action is where it is no free text: read as a code, a choice or an address.
NO_FREE_TEXT = {
    "code": "symbols of a code, read by their own alphabet",
    "format_key": "name of a declared format",
    "language": "code of a language",
    "display_name": "read by ground.people.names",
    "email": "address of an account",
    "rule": "chosen from a list",
    "field": "name of a field",
    "what": "name of a limit",
    "connection_address": "address of a connection",
    "keeper": "key of a session",
    "source_name": "name of a file",
    "symbols": "symbols of a code",
    "event": "name of a declared event",
    "seen": "mark of a passage as it was seen",
    "shape": "kind of a passage",
    "batch": "name of a batch of codes",
    "typed": "symbols of a code, a key or a link, found by their digest",
}
NO_WORDS_OF_PEOPLE = {
    "load_shipped_city": "reads what the house itself ships",
    "store": "reads the areas of an official file",
    "redeem": "reads a code by its own alphabet",
    "join": "reads a code by its own alphabet",
    "ask_for_run": "settings of a method, checked by its own form",
    "record_act": "writes down what actions cleaned before",
    "keep_done": "writes down what actions cleaned before",
    "decide_together": "decides as judge_burst does, with its words",
    "rest": "keeps the reason that rest_role and rest_membership cleaned",
    "tell_of_role": "tells the reason that whoever changed the role cleaned",
    "tell_of_theme": "tells the theme that set_theme cleaned",
    "write_around": "tells the theme that set_theme cleaned",
    "alert": "tells what the house says of a deed, and what actions cleaned before",
    "erase_all": "tells the reason that whoever decided the erasure cleaned",
    "erase_again": "reads the list of erasures that the house itself kept",
}
CLEANERS = {
    "clean_words",
    "clean_each",
    "checked_text",
    "checked_reason",
    "reason_given",
    "reason_if_any",
    "checked_reason_of_answer",
    "publish_record",
    "read_name",
    "answer",
}


TEXT_FIELD = re.compile(r'(?:(\w+)|fields\["(\w+)"\]) = (?:forms\.CharField|DisplayNameField)\(')


def sources(part=""):
    """The house's own files below a folder of that name, with their words."""
    for file in sorted(ROOT.rglob("*.py")):
        if not {"tests", "migrations"} & set(file.parts) and (not part or part in file.parts):
            yield file.relative_to(ROOT), file.read_text(encoding="utf-8")


def text_fields():
    found = {
        (file, named[1] or named[2])
        for file, words in sources()
        if "forms" in words
        for named in TEXT_FIELD.finditer(words)
    }
    return [pytest.param(name, id=f"{file}: {name}") for file, name in sorted(found)]


def sent(method, name):
    received = []
    request = getattr(RequestFactory(), method)("/", {name: TYPED})

    def page(request):
        received.append(request)
        return HttpResponse()

    door = CleanWordsMiddleware(page)
    door(request)
    door.process_view(request, lambda request: HttpResponse(), (), {})
    return getattr(received[0], method.upper())[name]


@pytest.mark.parametrize("name", text_fields())
def test_every_text_field_of_every_form_gets_clean_words(name):
    assert sent("post", name) == CLEAN
    assert sent("get", name) == CLEAN


def test_there_are_many_forms():
    assert len(text_fields()) > 20


def test_a_password_is_kept_as_it_was_typed():
    assert sent("post", "password1") == TYPED.replace("\0", "")


def test_no_page_reads_words_past_the_door():
    readers = ("request.body", "request.read(", "request._request", 'request.META["wsgi.input"]')
    found = [f"{file}: {reader}" for file, words in sources() for reader in readers if reader in words]

    assert found == []


def actions_with_text():
    for file, words in sources("actions"):
        tree = ast.parse(words)
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        for name, node in functions.items():
            if (
                name.startswith("_")
                or name in NO_WORDS_OF_PEOPLE
                or not any(arg.arg == "now" for arg in node.args.kwonlyargs)
            ):
                continue
            texts = [arg.arg for arg in (*node.args.args, *node.args.kwonlyargs) if _is_text(arg)]
            free = [text for text in texts if text not in NO_FREE_TEXT]
            if free:
                yield pytest.param(node, functions, id=f"{file}: {name}({', '.join(free)})")


def _is_text(arg):
    return arg.annotation is not None and "str" in {
        part.id for part in ast.walk(arg.annotation) if isinstance(part, ast.Name)
    }


def _called(node, functions, seen=()):
    names = {part.func.id for part in ast.walk(node) if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)}
    for name in names & functions.keys() - set(seen):
        names |= _called(functions[name], functions, (*seen, name))
    return names


@pytest.mark.parametrize(("node", "functions"), [*actions_with_text()])
def test_every_action_that_takes_free_text_cleans_it(node, functions):
    """A new parameter is named in NO_FREE_TEXT with its reason, or cleaned; the command line has no other door."""
    assert _called(node, functions) & CLEANERS
