"""Heavy files: at most two at a time on a machine, and missing signs asked for at once."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import typst
from django.core.files.storage import storages
from django.http import HttpResponse

from mitstadt.ui.print import kept, press
from mitstadt.ui.print.heavy import BusyError, TurnsMiddleware, a_turn, made_in_turn

HERE = Path(press.__file__).parent
FONTS = HERE.parent / "print_fonts"
_HOLD = """
import sys
from django.conf import settings
settings.configure(TURNS_FOLDER=sys.argv[1])
from mitstadt.ui.print.heavy import a_turn
with a_turn():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def turns(tmp_path, settings):
    settings.TURNS_FOLDER = tmp_path / "turns"
    return settings.TURNS_FOLDER


def test_the_third_is_told_to_ask_again_and_comes_in_when_one_is_done(turns):
    with a_turn():
        with a_turn(), pytest.raises(BusyError), a_turn():
            pass
        with a_turn():
            pass


def test_turns_are_counted_over_processes_and_one_that_dies_gives_its_turn_back(turns):
    other = subprocess.Popen([sys.executable, "-c", _HOLD, str(turns)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert other.stdout.readline() == b"held\n"
        with a_turn(), pytest.raises(BusyError), a_turn():
            pass
    finally:
        other.kill()
        other.communicate()
    with a_turn(), a_turn():
        pass


@pytest.mark.django_db
def test_a_file_is_sent_without_a_turn(turns):
    answers = [made_in_turn(lambda file: file.write(b"Worte"), "text/plain", "a.txt") for _ in range(3)]
    said = [b"".join(answer) for answer in answers]
    for answer in answers:
        answer.close()

    assert said == [b"Worte"] * 3


def test_a_file_that_fails_gives_its_turn_back(turns):
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            made_in_turn(lambda _file: 1 / 0, "text/plain")


def test_the_page_says_so_and_asks_again_by_itself(rf):
    page = TurnsMiddleware(lambda _request: HttpResponse()).process_exception(rf.get("/"), BusyError())

    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert 'http-equiv="refresh"' in page.content.decode()
    assert TurnsMiddleware(lambda _request: HttpResponse()).process_exception(rf.get("/"), ValueError()) is None


@pytest.fixture
def prints(tmp_path, settings):
    local = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "prints"}}
    settings.STORAGES = {**settings.STORAGES, "prints": local}


def test_what_many_ask_for_is_typeset_once_until_its_words_change(turns, prints, tmp_path, monkeypatch):
    template, made = tmp_path / "page.typ", []
    template.write_text("= Worte")

    def typeset(_template, data):
        made.append(data["body"])
        return data["body"].encode()

    monkeypatch.setattr(kept, "typeset", typeset)
    asked = ["Bänke", "Bänke", "Bänke und Linden", "Bänke"]

    with a_turn(), a_turn(), pytest.raises(BusyError):
        kept.typeset_once(template, {"body": "Bänke"})
    assert [kept.typeset_once(template, {"body": body}).decode() for body in asked] == asked
    assert made == ["Bänke", "Bänke und Linden"]
    with a_turn(), a_turn():
        assert kept.typeset_once(template, {"body": "Bänke"})

    newest = max(storages["prints"].get_modified_time(name) for name in storages["prints"].listdir("")[1])
    assert kept.forget_prints(now=newest + timedelta(hours=23)) == 0
    assert kept.forget_prints(now=newest + timedelta(hours=25)) == 2
    assert kept.forget_prints(now=newest + timedelta(hours=25)) == 0


def test_three_hundred_signs_without_a_font_are_asked_for_in_a_few_questions(tmp_path, monkeypatch):
    (tmp_path / "city.typ").write_bytes((HERE / "city.typ").read_bytes())
    ranges = (range(0x1780, 0x17B4), range(0x1000, 0x104A), range(0x1200, 0x1249), range(0x0D05, 0x0D3A))
    rare = "".join(chr(number) for numbers in ranges for number in numbers)
    questions, compile_once = [], typst.compile

    def counted(*args, **options):
        questions.append(args)
        return compile_once(*args, **options)

    monkeypatch.setattr(typst, "compile", counted)
    printed = press.printable({"body": f"Bänke {rare}"}, tmp_path, FONTS)

    assert printed == {"body": "Bänke " + press.STAND_IN * len(rare), "lacks_signs": True}
    assert len(rare) > 250
    assert len(questions) <= 3
