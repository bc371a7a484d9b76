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
        return said, next(iter(content)).decode()

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


def test_the_answer_ends_when_nobody_reads_the_body_any_more():
    """The web server would wait for the one who reads, and no page of the process would be answered meanwhile."""
    trickle, told = Trickle(), {}
    environ = {"CONTENT_LENGTH": "100", "wsgi.input": trickle}
    pieces = iter(SlowBodies(city)(environ, lambda _status, headers: told.update(headers)))

    assert len(next(pieces)) == int(told["Content-Length"])
    assert told["Connection"] == "close"
    ending = threading.Thread(target=lambda: list(pieces))
    ending.start()
    ending.join(0.3)
    assert ending.is_alive()
    trickle.gone.set()
    ending.join(5)
    assert not ending.is_alive()


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


def test_those_who_were_cut_off_keep_their_place_until_they_hang_up_and_never_more_of_them_sleep(answered):
    trickles = [Trickle() for _ in range(slow_bodies.AT_ONCE)]
    assert [answered(trickle)[0] for trickle in trickles] == [["408 Request Timeout"]] * len(trickles)
    assert answered(BytesIO(b"x" * 100))[0] == ["503 Service Unavailable"]
    assert answered(BytesIO(b""), length="0")[0] == ["200 OK"]

    for trickle in trickles:
        trickle.gone.set()
    time.sleep(0.1)
    assert answered(BytesIO(b"x" * 100))[0] == ["200 OK"]
