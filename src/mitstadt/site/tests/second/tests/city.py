"""What the made-up slice brings into the whole city: a list with a wish, a catalogue with a unit."""

from __future__ import annotations

from cast import NOW, jörg
from mitstadt.site.tests.second.actions import wish
from mitstadt.site.tests.second.tests.second_city import opened_catalogue, opened_list, unit
from mitstadt.spine.actors import Actor
from whole_city import WholeCity


def plan(city: WholeCity, *, mitte: Actor, pankow: Actor) -> None:
    """Nothing in the processes of the others: wishes have one of their own."""


def fill(city: WholeCity, *, by_code: Actor) -> None:
    """One of everything."""
    city.things["wish_list"] = opened_list(title="Was wünschen Sie sich?")
    city.things["wish"] = wish(city.wish_list, actor=jörg(), body="Ein Trinkbrunnen am Spielplatz.", now=NOW)
    city.things["catalogue"] = opened_catalogue()
    city.things["unit"] = unit(city.catalogue)
