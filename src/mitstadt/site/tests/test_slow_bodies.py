"""A body that trickles in stops nobody: it has a deadline, and only some may be awaited at once."""

import threading
import time
from io import BytesIO

import pytest

from mitstadt.site import slow_bodies
from mitstadt.site.slow_bodies import SlowBodies


class Trickle:
    """A body of which two bytes came, and no more until it is let go."""

    def __init__(self):
        self.gone = threading.Event()

    def read(self, _size=-1):
        self.gone.wait(20)
        return b""

    readline = read


def city(environ, start_response):
    """Reads the whole body and says how long it was."""
    try:
        count = len(environ["wsgi.input"].read(100))
    except slow_bodies.BodyLateError:
        start_response("400 Bad Request", [])
        return [b"the city's own page"]
    start_response("200 OK", [])
    return [f"{count}".encode()]


@pytest.fixture
def answered():
    door = SlowBodies(city)

    def ask(body, length="100"):
        said = []
        content = door({"CONTENT_LENGTH": length, "wsgi.input": body}, lambda status, _headers: said.append(status))
        return said, b"".join(content).decode()

    return ask


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(slow_bodies, "FIRST_S", 0.3)


def test_a_body_that_is_there_is_read(answered):
    assert answered(BytesIO(b"x" * 100)) == (["200 OK"], "100")


def test_a_body_that_does_not_come_is_cut_off_with_a_sentence(answered):
    began, trickle = time.monotonic(), Trickle()
    said, page = answered(trickle)
    trickle.gone.set()

    assert said == ["408 Request Timeout"]
    assert "nichts gespeichert" in page
    assert time.monotonic() - began < 5


def test_while_as_many_as_allowed_are_awaited_the_next_hears_so_at_once_and_later_all_goes_on(answered, monkeypatch):
    monkeypatch.setattr(slow_bodies, "FIRST_S", 3)
    trickles = [Trickle() for _ in range(slow_bodies.AT_ONCE)]
    waiting = [threading.Thread(target=answered, args=(trickle,)) for trickle in trickles]
    for thread in waiting:
        thread.start()
    time.sleep(0.3)

    said, page = answered(BytesIO(b"x" * 100))
    assert said == ["503 Service Unavailable"]
    assert "noch einmal" in page
    assert answered(BytesIO(b""), length="0")[0] == ["200 OK"], "who sends nothing waits for nobody"

    for trickle in trickles:
        trickle.gone.set()
    for thread in waiting:
        thread.join()
    assert [answered(BytesIO(b"x" * 100))[0] for _ in range(9)] == [["200 OK"]] * 9


def test_those_who_were_cut_off_leave_their_place_to_others(answered):
    trickles = [Trickle() for _ in range(slow_bodies.AT_ONCE + 1)]
    assert [answered(trickle)[0] for trickle in trickles] == [["408 Request Timeout"]] * len(trickles)
    for trickle in trickles:
        trickle.gone.set()
