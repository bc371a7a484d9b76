"""Each floor and slice has its own words; what is missing, left over, misplaced or said in two ways is found."""

import gettext
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext as translated_now
from django.utils.translation import override

from mitstadt.site.catalogues.compiling import compile_stale
from mitstadt.site.catalogues.extraction import extracted
from mitstadt.site.catalogues.faults import faults
from mitstadt.site.catalogues.owners import Owner, owners
from mitstadt.site.catalogues.updating import fill, update

HALLO = 'from x import gettext as _\n_("Hallo")\n'
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
ROOT = Path(__file__).resolve().parents[5]


@pytest.fixture
def city(tmp_path) -> Path:
    """A city with a floor `pages` and a slice `ideas` that both greet."""
    source = tmp_path / "city"
    for folder in ("pages", "participation/ideas"):
        says(source, f"{folder}/a.py", HALLO)
    return source


def says(source: Path, name: str, text: str) -> None:
    path = source / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def catalogue(source: Path, owner: str, language: str = "en") -> Path:
    return Owner(owner, source / owner).catalogue(language)


def translated(source: Path, owner: str, *pairs: tuple[str, str], language: str = "en") -> None:
    path = catalogue(source, owner, language)
    entries = "".join(f"msgid {json.dumps(german)}\nmsgstr {json.dumps(english)}\n\n" for german, english in pairs)
    says(path.parent, path.name, HEAD + entries)


def test_a_floor_and_a_slice_each_own_their_words(city):
    assert [owner.name for owner in owners(city)] == ["pages", "participation/ideas"]


@pytest.mark.parametrize("owner", [owner for owner in owners() if owner.catalogue("en").exists()], ids=lambda o: o.name)
def test_the_city_speaks_the_words_of_each_floor_and_slice(owner):
    entries = [entry for entry in polib.pofile(str(owner.catalogue("en"))) if entry.msgstr and not entry.msgctxt]

    with override("en"):
        assert [entry.msgid for entry in entries if translated_now(entry.msgid) != entry.msgstr] == []


def test_a_missing_translation_is_told_with_its_slice(city):
    translated(city, "pages", ("Hallo", "Hello"))

    assert faults(city) == ["participation/ideas (en): No translation: Hallo"]


def test_a_message_in_the_wrong_slice_is_told_with_the_right_one(city):
    says(city, "pages/a.py", "")
    translated(city, "pages", ("Hallo", "Hello"), ("Ade", "Bye"))
    translated(city, "participation/ideas", ("Hallo", "Hello"))

    assert faults(city) == [
        "pages (en): Belongs to participation/ideas: Hallo",
        "pages (en): No longer in the code: Ade",
    ]


def test_one_german_sentence_with_two_english_ones_is_found(city):
    translated(city, "pages", ("Hallo", "Hello"))
    translated(city, "participation/ideas", ("Hallo", "Hi"))

    assert faults(city) == ["Translated in two ways (en): Hallo: “Hello” in pages, “Hi” in participation/ideas"]


def test_other_placeholders_are_found(city):
    says(city, "pages/a.py", 'from x import gettext as _\n_("%(n)s Tage")\n')
    translated(city, "pages", ("%(n)s Tage", "%(m)s days"))
    translated(city, "participation/ideas", ("Hallo", "Hello"))

    assert faults(city) == ["pages (en): Other placeholders: %(n)s Tage"]


def test_plain_german_may_be_partial_another_language_not(city):
    update(city, also=["de_Simple", "tr"])

    assert {fault.partition(":")[0] for fault in faults(city)} == {"pages (tr)", "participation/ideas (tr)"}


def test_messages_of_templates_and_code_are_extracted_with_plurals_contexts_and_files(tmp_path):
    says(
        tmp_path,
        "ui/templates/b.html",
        '{% load i18n %}{% translate "Es gibt" %}{% translate "Mai" context "kurz" %}'
        "{% blocktranslate trimmed count n=n %}{{ n }} Tag{% plural %}{{ n }} Tage{% endblocktranslate %}",
    )
    says(
        tmp_path,
        "ui/a.py",
        'from x import gettext as _, ngettext, pgettext\n_("Es " "gibt")\npgettext("lang", "Mai")\n',
    )
    says(tmp_path, "ui/tests/test_a.py", HALLO)

    found = extracted(tmp_path / "ui", tmp_path)

    assert {key: message.plural for key, message in found.items()} == {
        ("", "Es gibt"): "",
        ("kurz", "Mai"): "",
        ("lang", "Mai"): "",
        ("", "%(n)s Tag"): "%(n)s Tage",
    }
    assert found["", "Es gibt"].files == {f"{tmp_path.name}/ui/{name}" for name in ("a.py", "templates/b.html")}


def test_words_keep_their_translation_when_their_code_moves_to_another_slice(city):
    translated(city, "pages", ("Hallo", "Hello"))
    says(city, "pages/a.py", "")

    update(city)

    assert faults(city) == []
    assert not catalogue(city, "pages").exists()
    assert polib.pofile(str(catalogue(city, "participation/ideas")))[0].msgstr == "Hello"


def test_an_update_that_finds_nothing_new_changes_no_byte(city):
    update(city, also=["en"])
    before = catalogue(city, "pages").read_bytes()

    update(city)

    assert catalogue(city, "pages").read_bytes() == before
    assert b"#: city/pages/a.py\n" in before


def test_filled_in_words_reach_every_slice_that_says_them_and_what_does_not_fit_is_told(city):
    says(
        city,
        "pages/b.py",
        'from x import gettext as _, ngettext\n_("%(n)s da")\nngettext("ein Tag", "%(n)s Tage", 2)\n',
    )
    update(city, also=["en"])

    done = fill(
        "en",
        {
            ("", "Hallo"): ["Hello"],
            ("", "ein Tag"): ["one day", "%(n)s days"],
            ("", "%(n)s da"): ["%(m)s there"],
            ("kurz", "Hallo"): ["Hi"],
        },
        city,
    )

    assert done.taken == {("", "Hallo"), ("", "ein Tag")}
    assert done.refused == {("", "%(n)s da"): "it names other placeholders", ("kurz", "Hallo"): "no code says this"}
    assert faults(city) == ["pages (en): No translation: %(n)s da"]


def test_a_catalogue_is_compiled_when_its_words_change_and_only_then(city):
    update(city, also=["en"])
    compile_stale(city)
    assert compile_stale(city) == []

    fill("en", {("", "Hallo"): ["Hello"]}, city)
    # An older version of the words, as a change of branches brings it, is noticed too.
    os.utime(catalogue(city, "participation/ideas"), (1, 1))

    assert compile_stale(city) == [catalogue(city, "pages"), catalogue(city, "participation/ideas")]
    spoken = gettext.translation("django", city / "pages" / "locale", ["en"])
    assert spoken.gettext("Hallo") == "Hello"


def test_a_compiled_file_whose_words_are_gone_goes_too(city):
    update(city, also=["en"])
    compile_stale(city)
    catalogue(city, "pages").unlink()

    compile_stale(city)

    assert not catalogue(city, "pages").with_suffix(".mo").exists()


def test_a_folder_that_cannot_be_written_is_told_and_stops_nothing(city, capsys, monkeypatch):
    update(city, also=["en"])
    monkeypatch.setattr("tempfile.mkstemp", lambda **_: (_ for _ in ()).throw(OSError(30, "Read-only file system")))

    compile_stale(city)

    assert "cannot be compiled: Read-only file system" in capsys.readouterr().err


@pytest.mark.slow
def test_the_tool_takes_json_with_plurals_contexts_and_several_languages(tmp_path):
    house = tmp_path / "house"
    for name in ("tools/catalogues.py", "src/mitstadt/__init__.py", "src/mitstadt/site/__init__.py"):
        says(house, name, (ROOT / name).read_text(encoding="utf-8"))
    for file in (ROOT / "src/mitstadt/site/catalogues").glob("*.py"):
        says(house, f"src/mitstadt/site/catalogues/{file.name}", file.read_text(encoding="utf-8"))
    slices = (ROOT / "src/mitstadt/site/slices.py").read_text(encoding="utf-8")
    says(house, "src/mitstadt/site/slices.py", re.sub(r"^SLICES = .*$", "SLICES = ()", slices, flags=re.MULTILINE))
    code = HALLO + 'ngettext("Tag", "Tage", 2)\npgettext("kurz", "Mai")\n'
    says(house, "src/mitstadt/pages/a.py", code)
    words = {"Hallo": {"en": "Hello", "de-simple": "Guten Tag"}, "Tag": ["day", "days"], "kurz\u0004Mai": "May"}
    says(house, "words.json", json.dumps(words))

    done = subprocess.run(
        [sys.executable, "tools/catalogues.py", "fill", "words.json"],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert faults(house / "src/mitstadt") == []
    plain = gettext.translation("django", house / "src/mitstadt/pages/locale", ["de_Simple"])
    assert plain.gettext("Hallo") == "Guten Tag"
    english = gettext.translation("django", house / "src/mitstadt/pages/locale", ["en"])
    assert english.ngettext("Tag", "Tage", 2) == "days"
    assert english.pgettext("kurz", "Mai") == "May"
