"""Every command is declared once: quick help in two languages, one meaning of --json, errors in a sentence."""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mitstadt.ground.commands import Command, Told, argument, whole_number
from mitstadt.methods.budgeting.equal_shares.market import UTILITIES
from mitstadt.methods.budgeting.outcome import RULES
from mitstadt.methods.opinion.models import DEFAULT_MODEL, MODELS
from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.commandline import budget, opinion
from mitstadt.site.commandline.__main__ import main
from mitstadt.site.commandline.frame import speaking
from mitstadt.site.commandline.frame.finding import Found, commands
from mitstadt.site.commandline.frame.running import run

ROOT = Path(__file__).resolve().parents[5]
NEVER_FOR_HELP = ("django", "numpy", "scipy", "pytest", "mitstadt.methods.text", "mitstadt.methods.opinion")


def leaves(command: Command, *before: str):
    words = (*before, command.name)
    if not command.commands:
        yield words, command
    for following in command.commands:
        yield from leaves(following, *words)


ALL = [leaf for found in commands().values() for leaf in leaves(found.command)]


@pytest.mark.parametrize("language", ["de", "en"])
def test_help_of_every_command_loads_nothing_heavy(language):
    words = [[], *(list(words) for words, _ in ALL), *([name] for name in commands())]
    script = (
        "import sys; from mitstadt.site.commandline.__main__ import main\n"
        f"codes = {{main([*words, '--help', '--language', {language!r}]) for words in {words!r}}}\n"
        f"print(sorted(set(sys.modules) & set({NEVER_FOR_HELP!r})), codes)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.endswith("[] {0}\n")
    assert ("Aufruf: ./mitstadt lottery solve" in done.stdout) == (language == "de")
    assert ("usage: ./mitstadt lottery solve" in done.stdout) == (language == "en")


@pytest.mark.parametrize(
    ("words", "command"), ALL, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_what_is_declared_is_there(words, command):
    module, function = command.handler.split(":")

    assert callable(getattr(importlib.import_module(module), function))


def test_a_command_tells_how_it_is_called(capsys):
    for name, found in commands().items():
        words, _ = next(leaves(found.command))
        main([*words, "--help"])
        assert f"./mitstadt {' '.join(words)}" in capsys.readouterr().out, name


def test_choices_declared_are_those_of_the_methods():
    assert (budget.RULES, budget.UTILITIES) == (RULES, UTILITIES)
    assert (opinion.MODELS, DEFAULT_MODEL) == (MODELS, "irt")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_AT"}, "de"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR"}, "en"),
        ({}, "en"),
        ({"LANG": "de_DE", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US", "LANGUAGE": "de:en"}, "de"),
    ],
)
def test_the_environment_says_which_language(environment, language):
    assert speaking.spoken(environment) == language


def test_mistakes_are_told_in_the_language_that_was_asked_for(capsys):
    assert main(["log", "verify", "--language", "de"]) == 2
    assert capsys.readouterr().err == "./mitstadt log verify: es fehlen: DATEI. Siehe ./mitstadt log verify --help.\n"
    assert main(["log", "verify", "--language=en"]) == 2
    assert "the following arguments are required: FILE" in capsys.readouterr().err
    assert os.environ["LANGUAGE"] == "en"


# -- commands made for these tests --


def count(options) -> Told:
    """Counts what was typed."""
    options.doing("Zählen")
    if options.number > 9:
        raise MethodError("too_many", "More than nine cannot be counted.")
    return Told([f"{options.number} counted.", "Done."], {"number": options.number}, code=options.number % 2)


def nothing(options) -> Told:
    """Has nothing to count."""
    return Told("Nothing to count.")


def starve(options) -> int:
    """Takes all memory."""
    raise MemoryError


def made(function, **more) -> Found:
    typed = argument("number", type=whole_number, metavar="N")
    command = Command("count", "zählen", f"{__name__}:{function.__name__}", (typed,), has_json=True, **more)
    return Found(command, ROOT)


def test_without_json_there_are_words_and_the_exit_code(capsys):
    assert run(made(count), ["3"]) == 1
    assert capsys.readouterr().out == "3 counted.\nDone.\n"


def test_json_takes_the_place_of_the_words_or_goes_to_a_file_beside_them(tmp_path, capsys):
    assert run(made(count), ["4", "--json"]) == 0
    assert capsys.readouterr().out == '{"number": 4}\n'

    assert run(made(count), ["4", "--json", str(tmp_path / "found.json")]) == 0
    assert capsys.readouterr().out == "4 counted.\nDone.\n"
    assert json.loads((tmp_path / "found.json").read_text()) == {"number": 4}


def test_json_never_writes_over_a_file_that_is_no_json(tmp_path, capsys):
    votes = tmp_path / "votes.csv"
    votes.write_text("a,b")

    assert run(made(count), ["4", "--json", str(votes)]) == 2

    assert "would be written over" in capsys.readouterr().err
    assert votes.read_text() == "a,b"


@pytest.mark.parametrize(
    ("function", "typed", "said"),
    [
        (count, ["12"], "More than nine cannot be counted."),
        (count, ["few"], "“few” is not a whole number"),
        (count, [], "the following arguments are required: N"),
        (count, ["1", "--jso"], "unrecognized arguments: --jso"),
        (starve, ["1"], "too large for the memory"),
    ],
)
def test_what_a_person_can_mend_is_one_sentence_and_exit_code_2(function, typed, said, capsys):
    assert run(made(function), typed) == 2

    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert said in printed.err


def test_a_slice_declares_its_command_in_its_own_folder(tmp_path, monkeypatch):
    folder = tmp_path / "townhall" / "participation" / "ideas"
    folder.mkdir(parents=True)
    (folder / "commands.py").write_text(
        "from mitstadt.ground.commands import Command\nCOMMANDS = (Command('ideas', 'Ideen ordnen', 'x:y'),)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)

    found = commands(tmp_path / "townhall", "townhall")

    assert found["ideas"].command.summary == "Ideen ordnen"
    assert found["ideas"].locale == folder / "locale"


def test_two_commands_of_one_name_are_refused(tmp_path, monkeypatch):
    folder = tmp_path / "village" / "pages"
    folder.mkdir(parents=True)
    (folder / "commands.py").write_text(
        "from mitstadt.ground.commands import Command\nCOMMANDS = (Command('log', 'noch eins', 'x:y'),)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(ValueError, match="Two commands are named “log”"):
        commands(tmp_path / "village", "village")


def test_words_that_follow_may_be_left_out_where_the_command_does_something_alone(capsys):
    typed = argument("number", type=whole_number, metavar="N")
    again = Command("again", "noch einmal zählen", f"{__name__}:count", (typed,), has_json=True)
    found = Found(Command("count", "zählen", f"{__name__}:nothing", commands=(again,)), ROOT)

    assert run(found, []) == 0
    assert capsys.readouterr().out == "Nothing to count.\n"
    assert run(found, ["again", "4", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"number": 4}


def test_every_module_of_the_folder_that_can_be_run_is_declared():
    folder = ROOT / "src/mitstadt/site/commandline"
    runs = {path.stem for path in folder.glob("*.py") if "\ndef main(" in path.read_text(encoding="utf-8")}

    assert runs - {"__main__"} <= commands().keys()


def test_a_command_that_does_nothing_is_refused():
    with pytest.raises(ValueError, match="needs a handler, or commands"):
        Command("empty", "nichts")
