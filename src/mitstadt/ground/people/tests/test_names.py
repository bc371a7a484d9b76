"""Names that people choose: any person's own name, and none that a reader takes for the city's voice."""

import pytest

from mitstadt.ground.people.names import NameFault, TakenNames, read_name


@pytest.mark.parametrize(
    "name",
    [
        "Ayşe",
        "Jörg",
        "Nguyễn Thị Linh",
        "علی‌رضا",
        "Ида",
        "李",
        "O’Neill-Çelik",
        "Anna 3",
        "Amtmann",
        "Arnt",
        "Steam-Fan",
        "Clara Bernd",
    ],
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
        "Bezirksarnt",
        "Ḃezirksamt",
        "Веzirksаmt Mitte",
        "ＢＥＺＩＲＫＳＡＭＴ",
        "𝐁𝐞𝐳𝐢𝐫𝐤𝐬𝐚𝐦𝐭",
        "8ezirk$amt",
        "Bezlrksamt",
        "Вezirksаrnt",
        "Stadtvervvaltung",
        "B.e.z.i.r.k.s.a.m.t",
    ],
)
def test_nobody_speaks_as_an_office(name):
    assert read_name(name).fault is NameFault.RESERVED


def test_the_names_of_organisations_are_theirs():
    assert (
        read_name("Nachbarschaft Leo e. V.", taken=TakenNames(offices=["Nachbarschaft Leo e.V."])).fault
        is NameFault.RESERVED
    )
    assert read_name("Leo", taken=TakenNames(offices=["Nachbarschaft Leo e.V.", "…"])).fault is None


@pytest.mark.parametrize(("name", "fault"), [("BVG Berlin", NameFault.RESERVED), ("Abvgard", None), ("Arnt", None)])
def test_a_short_name_of_an_organisation_is_theirs_as_a_word(name, fault):
    assert read_name(name, taken=TakenNames(offices=["BVG"])).fault is fault


@pytest.mark.parametrize(
    "name", ["Malik Osman", "malik  osman", "Ｍalik Osman", "Мalik Оsman", "Mallk Osman", "M. alik-Osman"]
)
def test_the_full_name_of_somebody_with_a_task_is_theirs(name):
    assert read_name(name, taken=TakenNames(people=["Malik Osman"])).fault is NameFault.OF_SOMEONE


@pytest.mark.parametrize("name", ["Malik", "Osman", "Malik Osmanov", "Ayşe"])
def test_a_first_name_belongs_to_many(name):
    assert read_name(name, taken=TakenNames(people=["Malik Osman", "Ayşe"])).fault is None


@pytest.mark.parametrize("name", ["\u202eadnil", "a\u200bb", "a\x00b", "a\x1bb", "123", "…"])
def test_names_that_steer_or_hide_are_refused(name):
    assert read_name(name).fault is NameFault.UNREADABLE


def test_a_name_is_one_line_with_single_spaces():
    assert read_name("  Linh\r\n\t Tran ").name == "Linh Tran"


def test_a_name_has_an_end():
    assert read_name("x" * 80).fault is None
    assert read_name("x" * 81).fault is NameFault.TOO_LONG
    assert read_name(" ").fault is NameFault.EMPTY
