"""People see what takes so long; programs and files never do, unless they ask."""

import io
import sys
import time

import pytest

from mitstadt.site.commandline.frame import progress


class Terminal(io.StringIO):
    """A screen."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(progress, "QUIET_SECONDS", 0.02)


def long_work(stream, monkeypatch, *, wanted=False, for_programs=False, step="Zählen") -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    with progress.told(str.upper, wanted=wanted, for_programs=for_programs) as doing:
        doing(step)
        time.sleep(0.06)
    return stream.getvalue()


def test_at_a_terminal_the_step_is_told_in_the_persons_language_and_taken_away_at_the_end(monkeypatch):
    shown = long_work(Terminal(), monkeypatch)

    assert "ZÄHLEN (0 s)" in shown
    assert shown.endswith("\r\x1b[2K")


def test_in_a_file_there_is_nothing_unless_it_is_asked_for(monkeypatch):
    assert long_work(io.StringIO(), monkeypatch) == ""
    assert long_work(io.StringIO(), monkeypatch, wanted=True) == "ZÄHLEN (0 s)\n"


def test_where_a_program_reads_the_result_there_is_nothing_even_at_a_terminal(monkeypatch):
    assert long_work(Terminal(), monkeypatch, for_programs=True) == ""


def test_what_is_quick_shows_nothing(monkeypatch):
    monkeypatch.setattr(progress, "QUIET_SECONDS", 5.0)

    begun = time.monotonic()

    assert long_work(Terminal(), monkeypatch) == ""
    assert time.monotonic() - begun < 1


def test_a_closed_screen_stops_nothing(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(screen, "write", lambda text: (_ for _ in ()).throw(OSError("gone")))

    assert long_work(screen, monkeypatch) == ""
