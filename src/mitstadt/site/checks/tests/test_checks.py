"""Every check of the house is seen failing once, on a small wrong house made for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from mitstadt.site.checks import routes, templates
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
