"""The command a person types either does its work or says in a sentence what is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mitstadt.site.commandline.__main__ import main

MITSTADT = Path(__file__).parents[1] / "mitstadt"
# Notes when it begins and ends; what it installs is a program that does nothing.
_UV = """#!/bin/sh
if [ "$1" = venv ]; then
    for venv do :; done
    mkdir -p "$venv/bin"
    printf '#!/bin/sh\\n' > "$venv/bin/python"
    chmod +x "$venv/bin/python"
    exit
fi
echo begins >> "$NOTES"
sleep 0.3
echo ends >> "$NOTES"
"""


@pytest.fixture
def bare(tmp_path) -> dict[str, str]:
    """A machine on which nothing is installed yet, and that notes what is."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "uv").write_text(_UV)
    (tmp_path / "bin" / "uv").chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "NOTES": str(tmp_path / "notes"),
        "MITSTADT_VENV": str(tmp_path / "new" / "venv"),
        "PYTHON": sys.executable,
    }


def test_help_comes_before_anything_is_installed(bare):
    told = subprocess.run([MITSTADT, "help"], env=bare, capture_output=True, text=True, check=True)

    assert "./mitstadt COMMAND" in told.stdout
    assert not Path(bare["NOTES"]).exists()


def test_of_several_commands_at_once_one_installs_and_the_others_wait(bare):
    calls = [subprocess.Popen([MITSTADT, "tasks"], env=bare, stderr=subprocess.DEVNULL) for _ in range(3)]

    assert [call.wait() for call in calls] == [0, 0, 0]
    assert Path(bare["NOTES"]).read_text().split() == ["begins", "ends"]


def test_a_mistyped_command_gets_a_suggestion(capsys):
    assert main(["demmo"]) == 2

    assert "Did you mean ./mitstadt demo?" in capsys.readouterr().err


def test_help_lists_the_two_commands_to_begin_with(capsys):
    assert main(["help"]) == 0

    printed = capsys.readouterr().out
    assert "demo" in printed
    assert "test" in printed
