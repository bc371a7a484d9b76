"""Who leads the platform reads whether the city fits its log, and whether its backup is worth anything."""

import pytest

from cast import NOW, office, person, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.spine.models import CityCheck
from visits import visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return visit(with_role(person("Robert"), Role.OWNER, office("Senatskanzlei", "skzl", runs_platform=True)))


def _page(leader) -> str:
    return " ".join(leader.get("/betrieb/").content.decode().split())


def test_before_the_first_check_they_read_when_it_comes_and_what_to_do(leader):
    page = _page(leader)

    assert "Das geschieht jede Nacht." in page
    assert "Noch keine Sicherung wurde erprobt. Legen Sie" in page


def test_what_is_right_is_said_with_its_age_and_what_is_wrong_with_its_list(leader):
    CityCheck.objects.create(what="city", at=NOW, faults_total=0)
    CityCheck.objects.create(what="backup", at=NOW, subject="city.zip", faults_total=0)
    assert _page(leader).count("Alles stimmt.") == 2

    CityCheck.objects.create(what="city", at=NOW.replace(year=2100), faults_total=1, told=["Record 7K3Q-M9XD: x"])
    CityCheck.objects.create(what="backup", at=NOW.replace(year=2100), subject="b.zip", faults_total=1, told=["torn"])
    page = _page(leader)
    assert "fand sich 1 Fehler" in page
    assert "Record 7K3Q-M9XD: x" in page
    assert "b.zip ließ sich am" in page
    assert "torn" in page
