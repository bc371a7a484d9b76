"""Attacks on a city with no web server in front: trickling bodies, heavy files, 300 MB. Pages answer meanwhile."""

import http.client
import os
import socket
import threading
import time
from pathlib import Path

import pytest

from served import DATABASES, city_on

pytestmark = pytest.mark.thorough
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
PAGES = ("/", "/code/", "/beteiligungen/", "/zusagen/")


@pytest.fixture(scope="module", params=DATABASES)
def city(request, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(tmp_path_factory.mktemp("written")))
        with city_on(request.param, tmp_path_factory, clients=1, workers=2) as city:
            yield city


def get(city, path, *, within_s=20):
    connection = http.client.HTTPConnection("127.0.0.1", city.port, timeout=within_s)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def assert_pages_answer(city, *, times=1):
    for _ in range(times):
        for path in PAGES:
            assert get(city, path) in {200, 404}, path


def trickling(city, count):
    slow = []
    for _ in range(count):
        one = socket.create_connection(("127.0.0.1", city.port), 60)
        one.sendall(b"POST /code/ HTTP/1.1\r\nHost: 127.0.0.1\r\n" + FORM + b"Content-Length: 100000\r\n\r\nab")
        slow.append(one)
    return slow


def test_twelve_bodies_that_trickle_in_stop_no_page_and_are_cut_off(city):
    slow = trickling(city, 12)
    try:
        time.sleep(0.5)
        assert_pages_answer(city, times=3)
        said = {one.recv(65_536).split(b" ")[1] for one in slow}
        # Those who were cut off hold the line.
        assert_pages_answer(city, times=3)
    finally:
        for one in slow:
            one.close()

    assert said <= {b"408", b"503"}
    assert b"408" in said


def test_sixteen_who_fetch_files_at_once_stop_no_page(city):
    address, statuses = f"/texte/{city.text}/synopse.pdf", []
    fetching = [threading.Thread(target=lambda: statuses.append(get(city, address, within_s=180))) for _ in range(16)]
    for thread in fetching:
        thread.start()
    assert_pages_answer(city, times=2)
    for thread in fetching:
        thread.join()

    assert set(statuses) <= {200, 503}
    assert 200 in statuses
    assert get(city, address, within_s=180) == 200


def test_three_hundred_megabytes_are_refused_and_never_written(city):
    folder, most, stop = Path(os.environ["TMPDIR"]), [0], threading.Event()

    def watch():
        while not stop.is_set():
            most[0] = max(most[0], *(file.stat().st_size for file in folder.rglob("*") if file.is_file()), 0)
            time.sleep(0.01)

    watching = threading.Thread(target=watch)
    watching.start()
    one = socket.create_connection(("127.0.0.1", city.port), 60)
    head = (
        b"POST /code/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        b"Content-Length: 300000000\r\n\r\n--x\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n"
    )
    try:
        one.sendall(head)
        for _ in range(300):
            one.sendall(b"x" * 1_000_000)
    except OSError:
        pass
    answer = one.recv(65_536)
    one.close()
    stop.set()
    watching.join()

    assert answer.startswith(b"HTTP/1.1 413")
    assert most[0] < 1_000_000
    assert_pages_answer(city)
