"""A sheet at the desk: numbers and Enter alone, quicker than reading it, and a sample of slips typed twice."""

import re
from dataclasses import replace
from uuid import UUID

import pytest

from cast import krüger
from mitstadt.ground.sheets.questions import Sheet, ShortText
from mitstadt.ground.sheets.samples import EVERY_KIND
from mitstadt.site.tests.second.format import WISHES
from mitstadt.site.tests.second.models import Wish
from mitstadt.site.tests.second.tests.second_city import opened_list
from mitstadt.spine import formats
from mitstadt.ui.sheets.keying import SheetSlipForm
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened_list)]

KEYED = {
    "way": "2",
    "missing": "1 3",
    "noise": "4",
    "minutes": "30",
    "last": "03052026 1430",
    "day": "04052026",
    "first": "2 1",
    "safe": "12",
    "no_cars": "1",
    "money": "6 4 0",
}
PLAIN, SAMPLED = UUID(int=1), UUID(int=20)


class KeyedForm(SheetSlipForm):
    """The sample, as a slip of the made-up format."""

    def sheet_of(self, part):
        return EVERY_KIND


def _say(form, speaker, clerk, now):
    typed = {**form.cleaned_data, "wish": form.cleaned_data["title"] or "ohne Titel", "spot": ""}
    form.cleaned_data = typed
    return WISHES.desk.say(form, speaker, clerk, now)


@pytest.fixture
def address(monkeypatch):
    on_day(monkeypatch)
    desk = formats.Desk(form=KeyedForm, say=_say, lines=WISHES.desk.lines)
    monkeypatch.setitem(formats._formats, "wishes", replace(WISHES, desk=desk))
    return f"/schalter/{opened_list().ref}/"


def _slip(key=PLAIN, **typed):
    return {"submission_key": str(key), "channel": "paper", **KEYED, **typed}


def _form(**typed):
    return KeyedForm(opened_list(), data=_slip(**typed))


def test_ten_questions_take_less_than_half_a_minute():
    """By count of keys: 0.28 s a key, and 1.35 s to look at each answer on the slip (Card, Moran and Newell 1980)."""
    assert len(KEYED) == 10
    keys = sum(len(line) + len("\n") for line in KEYED.values())

    assert set("".join(KEYED.values())) <= set("0123456789 ")
    assert keys * 0.28 + len(KEYED) * 1.35 < 30


def test_what_was_keyed_is_checked_as_on_the_web():
    form = _form()

    assert form.is_valid(), form.errors
    assert form.sheet_answers["missing"] == ["trees", "water"]
    assert form.sheet_answers["last"] == "2026-05-03T14:30"
    assert form.sheet_answers["safe"] == {"by_day": "safe", "by_night": "unsafe"}


def test_faults_stand_at_their_lines():
    form = _form(way="", safe="9 1", minutes="viele")

    assert set(form.errors) == {"way", "safe", "minutes"}
    assert "1 bis 3" in form.errors["safe"][0]


def test_a_slip_is_saved_from_its_page_and_what_is_asked_reads_as_it_is_spoken(address):
    browser = visit(krüger())
    page = browser.get(address).content.decode()

    assert "1. Wie kommen Sie meistens her?" in page
    assert "<b>2</b>&nbsp;" in page
    assert "Nennen Sie eine Zahl von 1 (still) bis 5 (sehr laut)." in page
    assert browser.post(address, _slip(title="Lindenplatz")).status_code == 302
    assert Wish.objects.get().body == "Lindenplatz"


def test_without_a_script_enter_goes_to_the_next_empty_line_and_saves_nothing(address):
    browser = visit(krüger())
    page = browser.post(address, {"submission_key": str(PLAIN), "channel": "phone", "way": "2", "weiter": "1"})

    focused = re.findall(r'<(?:input|textarea)[^>]*name="(\w+)"[^>]*autofocus', page.content.decode())
    assert page.status_code == 200
    assert focused == ["other_way"]
    assert "error-summary" not in page.content.decode()
    assert not Wish.objects.exists()


def test_a_slip_of_the_sample_is_typed_twice_and_saved_once(address):
    browser = visit(krüger())
    first = browser.post(address, _slip(SAMPLED, title="Lindenplatz")).content.decode()
    assert "Bitte noch einmal tippen" in first
    assert "Lindenplatz" not in first
    assert not Wish.objects.exists()
    kept = re.search(r'name="first_entry" value="([^"]+)"', first)[1]

    assert browser.post(address, _slip(SAMPLED, title="Lindenplatz", first_entry=kept)).status_code == 302
    assert Wish.objects.count() == 1


def test_where_two_entries_differ_both_are_shown_and_the_clerk_decides(address):
    browser = visit(krüger())
    first = browser.post(address, _slip(SAMPLED)).content.decode()
    kept = re.search(r'name="first_entry" value="([^"]+)"', first)[1]
    second = browser.post(address, _slip(SAMPLED, way="1", first_entry=kept)).content.decode()

    shown = " ".join(re.sub(r"<[^>]+>", " ", second).split())
    assert "zuerst: „mit dem Rad“, jetzt: „zu Fuß“" in shown
    assert shown.count("zuerst:") == 1
    assert re.search(r'name="way" value="1"', second)
    kept = re.search(r'name="first_entry" value="([^"]+)"', second)[1]
    assert browser.post(address, _slip(SAMPLED, first_entry=kept)).status_code == 302


def test_a_first_entry_that_somebody_made_up_counts_for_nothing(address):
    browser = visit(krüger())

    page = browser.post(address, _slip(SAMPLED, first_entry='{"answers": {}, "seen": true}'))

    assert "Bitte noch einmal tippen" in page.content.decode()


def test_the_first_entry_of_one_slip_is_none_for_another(address):
    browser = visit(krüger())
    first = browser.post(address, _slip(SAMPLED)).content.decode()
    kept = re.search(r'name="first_entry" value="([^"]+)"', first)[1]

    assert "Bitte noch einmal tippen" in browser.post(address, _slip(UUID(int=40), first_entry=kept)).content.decode()


def test_a_sheet_may_not_name_a_question_as_every_slip_does():
    class Clashing(SheetSlipForm):
        def sheet_of(self, part):
            section = EVERY_KIND.sections[0]
            named = ShortText(key="name", asks=EVERY_KIND.title)
            return Sheet(key="s", title=EVERY_KIND.title, sections=(replace(section, questions=(named,)),))

    with pytest.raises(ValueError, match="name"):
        Clashing(opened_list())
