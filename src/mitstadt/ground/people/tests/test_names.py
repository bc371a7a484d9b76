"""Names that people choose: any person's own name, and none that a reader takes for the city's voice."""

import pytest

from mitstadt.ground.people.names import NameFault, read_name


@pytest.mark.parametrize(
    "name",
    ["Ayşe", "Jörg", "Nguyễn Thị Linh", "علی‌رضا", "Ида", "李", "O’Neill-Çelik", "Anna 3", "Amtmann", "Steam-Fan"],
)
def test_people_keep_their_names(name):
    assert read_name(name).fault is None


@pytest.mark.parametrize(
    "name",
    [
        "Bezirksamt",
        "bezirksamt-mitte",
        "BEZIRKSAMT MITTE",
        "Moderation",
        "Die Moderatorin",
        "admin",
        "Admin Berlin",
        "Аdmin",
        "4dmin",
        "A d m i n i s t r a t i o n",
        "Ｓenatsverwaltung",
        "Mitstadt Berlin",
        "Senat",
        "Polizei Berlin",
    ],
)
def test_nobody_speaks_as_an_office(name):
    assert read_name(name).fault is NameFault.RESERVED


def test_the_names_of_organisations_are_theirs():
    assert read_name("Nachbarschaft Leo e. V.", offices=["Nachbarschaft Leo e.V."]).fault is NameFault.RESERVED
    assert read_name("Leo", offices=["Nachbarschaft Leo e.V.", "…"]).fault is None


@pytest.mark.parametrize("name", ["\u202eadnil", "a\u200bb", "a\x00b", "a\x1bb", "123", "…"])
def test_names_that_steer_or_hide_are_refused(name):
    assert read_name(name).fault is NameFault.UNREADABLE


def test_a_name_is_one_line_with_single_spaces():
    assert read_name("  Linh\r\n\t Tran ").name == "Linh Tran"


def test_a_name_has_an_end():
    assert read_name("x" * 80).fault is None
    assert read_name("x" * 81).fault is NameFault.TOO_LONG
    assert read_name(" ").fault is NameFault.EMPTY
