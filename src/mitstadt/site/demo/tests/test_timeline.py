"""Deeds happen in the order of time, and never in the future."""

from datetime import datetime, timedelta
from functools import partial

from cast import NOW
from mitstadt.site.demo.timeline import Timeline

HOUR = timedelta(hours=1)


def test_deeds_happen_in_time_and_those_of_one_moment_in_the_order_planned():
    timeline, told = Timeline(), []

    def tell(name: str, when: datetime) -> None:
        told.append((name, when))

    timeline.at(NOW + HOUR, partial(tell, "later"))
    timeline.at(NOW, partial(tell, "first"))
    timeline.at(NOW, partial(tell, "second"))

    assert timeline.run(until=NOW + HOUR) == 3
    assert told == [("first", NOW), ("second", NOW), ("later", NOW + HOUR)]


def test_a_deed_may_plan_the_next_one_and_what_lies_ahead_does_not_happen():
    timeline, told = Timeline(), []

    def tell(when: datetime) -> None:
        told.append(when)
        timeline.at(when + HOUR, tell)

    timeline.at(NOW, tell)

    timeline.run(until=NOW + 2 * HOUR)
    assert told == [NOW, NOW + HOUR, NOW + 2 * HOUR]
