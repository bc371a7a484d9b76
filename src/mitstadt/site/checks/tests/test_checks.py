"""Every check of the house is seen failing once, on a small wrong house made for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from mitstadt.site.checks import routes, slices, templates
from mitstadt.site.commandline.__main__ import main
from mitstadt.site.commandline.check import CHECKS, ROOT


def house(tmp_path: Path, **files: str) -> Path:
    """A small source tree."""
    source = tmp_path / "src"
    for name, text in files.items():
        path = source / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return source


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<p>{% load i18n %}</p><script>x()</script>", "an inline script"),
        ("<p style='color:red'></p>", "an inline style"),
        ("<p onclick='x()'></p>", "an inline handler"),
        ("{{ name|safe }}", "not escaped"),
        ("<p>Hallo Welt</p>", "untranslated words: Hallo Welt"),
    ],
)
def test_a_template_with_inline_code_or_untranslated_words_is_found(tmp_path, text, fault):
    source = house(tmp_path, a__templates__ui__base_dot_html=text)

    assert any(fault in found for found in templates.faults(source))


def test_a_block_of_data_for_a_script_is_no_fault(tmp_path):
    data = '<script data-for="x" type="application/json">{"label": "name"}</script>'
    source = house(tmp_path, a__templates__ui__base_dot_html=data)

    assert templates.faults(source) == []


def test_translated_words_and_variables_are_no_fault():
    assert (
        templates.untranslated(
            '<h1>{% translate "Hallo" %} {{ name }}</h1>{% blocktranslate %}Welt{% endblocktranslate %}'
        )
        == []
    )


IDEAS = slices.Names(
    "mitstadt.participation.ideas", ("ideas/",), addresses={"idea", "ideas"}, keys={"idea", "proposed_idea"}
)


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        (
            "a.py",
            "from mitstadt.participation.ideas.models import Idea\n",
            "the module mitstadt.participation.ideas.models",
        ),
        ("a.py", "import_module('mitstadt.participation.ideas')\n", "“mitstadt.participation.ideas”"),
        ("a.py", "render(request, 'ideas/list.html')\n", "“ideas/list.html”"),
        ("a.py", "reverse('idea', args=[ref])\n", "the address “idea”"),
        ("a.py", "redirect('ideas')\n", "the address “ideas”"),
        ("a.py", "rows.filter(kind__in=['comment', 'idea'])\n", "the key “idea”"),
        ("a.py", "if record.kind == 'idea':\n    pass\n", "the key “idea”"),
        ("a.py", "acts.filter(verb='proposed_idea')\n", "the key “proposed_idea”"),
        ("templates/a.html", "{% url 'idea' ref %}", "“idea”"),
        ("templates/a.html", '{% include "ideas/card.html" %}', "“ideas/card.html”"),
        ("templates/a.html", "{% if record.kind == 'idea' %}{% endif %}", "the key “idea”"),
    ],
)
def test_a_floor_that_names_a_slice_is_found(tmp_path, file, text, fault):
    for place in ("pages", "participation/ideas", "pages/tests"):
        (tmp_path / place / "templates").mkdir(parents=True)
        (tmp_path / place / file).write_text(text, encoding="utf-8")

    assert slices.faults(tmp_path, [IDEAS]) == [f"pages/{file}: names {fault}"]


def test_a_word_that_only_looks_like_a_kind_is_no_fault(tmp_path):
    (tmp_path / "a.py").write_text("said = form.cleaned_data['idea']\n", encoding="utf-8")

    assert slices.faults(tmp_path, [IDEAS]) == []


def test_a_slice_is_known_by_all_that_it_declares():
    known = slices.names_of("mitstadt.participation.drafting")

    assert {"text", "contribution", "contributed", "taken_up_in", "drafting"} <= known.keys
    assert {"text", "synopsis", "editing_desk"} <= known.addresses
    assert known.templates == ("drafting/",)


def test_an_address_that_is_new_or_gone_is_found(tmp_path):
    listed = tmp_path / "routes.txt"
    listed.write_text("\n".join([*routes.routes()[1:], "/frueher/ formerly"]), encoding="utf-8")

    found = routes.faults(listed)

    assert len(found) == 2
    assert "Promised address is gone: /frueher/ formerly" in found


def test_an_unknown_check_is_refused_with_the_list(capsys):
    assert main(["check", "tpyes"]) == 2

    assert "types" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("src/mitstadt/methods/shared/hashing.py:import django", "Methods know nothing of the web"),
        ("src/mitstadt/ground/clock.py:import mitstadt.pages.presenting", "A floor imports only floors below"),
    ],
)
def test_an_import_against_the_floors_is_found(tmp_path, wrong, fault):
    name, line = wrong.split(":")
    copy = tmp_path / "copy"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(copy)], check=True)
    file = copy / name
    file.write_text(file.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")

    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=copy,
        env={"PYTHONPATH": str(copy / "src"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert f"{fault} BROKEN" in done.stdout


def test_all_checks_of_the_house_are_known():
    assert {"types", "imports", "migrations", "catalogues", "routes", "vendored files"} <= CHECKS.keys()
