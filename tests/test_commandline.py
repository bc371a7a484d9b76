"""The command a person types either does its work or says in a sentence what is wrong."""

from mitstadt.site.commandline.__main__ import main


def test_a_mistyped_command_gets_a_suggestion(capsys):
    assert main(["demmo"]) == 2

    assert "Did you mean ./mitstadt demo?" in capsys.readouterr().err


def test_help_lists_the_two_commands_to_begin_with(capsys):
    assert main(["help"]) == 0

    printed = capsys.readouterr().out
    assert "demo" in printed
    assert "test" in printed
