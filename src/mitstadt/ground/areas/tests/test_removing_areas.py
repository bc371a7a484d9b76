"""Areas of another city do not stay; an area in which something stands does."""

import pytest
from django.core.management import CommandError, call_command

from cast import NOW, office
from mitstadt.ground.areas.actions import load_shipped_city, remove_areas
from mitstadt.ground.areas.models import Area, Level
from mitstadt.ground.areas.reading.sets import AreaFileError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def berlin():
    load_shipped_city("berlin", now=NOW)


def _district(name: str) -> Area:
    return Area.objects.get(official_name=name, level=Level.DISTRICT)


def test_a_city_that_was_loaded_by_mistake_goes_with_all_below_it():
    [top] = Area.objects.filter(parent=None)

    assert remove_areas(top.slug) == 757
    assert not Area.objects.exists()


def test_one_branch_goes_and_the_others_stay(capsys):
    mitte, pankow = _district("Mitte"), _district("Pankow")
    below = Area.objects.filter(path__startswith=mitte.path).count()
    before = Area.objects.count()

    call_command("remove_areas", mitte.slug)

    assert capsys.readouterr().out == f"{below} areas are removed.\n"
    assert Area.objects.count() == before - below
    assert Area.objects.filter(pk=pankow.pk).exists()


def test_where_something_stands_nothing_is_removed():
    mitte = _district("Mitte")
    wedding = Area.objects.filter(path__startswith=mitte.path).order_by("-path")[0]
    office("Stadtteilbüro", "stadtteilbuero", area=wedding)
    before = Area.objects.count()

    with pytest.raises(CommandError, match="Stadtteilbüro"):
        call_command("remove_areas", mitte.slug)
    assert Area.objects.count() == before


def test_an_area_that_is_not_there_is_told():
    with pytest.raises(AreaFileError):
        remove_areas("atlantis")
