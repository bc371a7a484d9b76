"""A living demo city on this machine: built once, served on 127.0.0.1, opened in the browser."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from mitstadt.ground.commands import Command, Typed, argument
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.commandline import serve
from mitstadt.site.commandline.frame import progress, speaking

if TYPE_CHECKING:
    from mitstadt.spine.stage import Opened

COMMAND = Command(
    "demo",
    _("eine lebendige Demo-Stadt bauen und auf 127.0.0.1:8000 öffnen"),
    "mitstadt.site.commandline.demo:main",
    (
        argument("--port", type=int, default=8000, metavar="PORT", help=_("auf welchem Port (%(default)s)")),
        argument(
            "--text", type=Path, metavar=_("DATEI"), help=_("diesen Text der Demo-Stadt vorlegen (txt, md, html, docx)")
        ),
        argument("--fresh", action="store_true", help=_("die Demo-Stadt vergessen, die da ist, und eine neue bauen")),
        argument("--no-browser", action="store_true", help=_("keinen Browser öffnen")),
        argument("--build-only", action="store_true", help=_("die Stadt bauen und aufhören")),
    ),
    tells_itself=True,
)
HOST = "127.0.0.1"
_PORTS_TRIED = 50
_BROWSER_WAITS_SECONDS = 30
# What a fresh demo city leaves behind of the one before: nothing.
_OF_ONE_CITY = ("mitstadt.sqlite3", "mitstadt.sqlite3-wal", "mitstadt.sqlite3-shm", "log_key", "visitors.json")


def main(chosen: Typed) -> int:
    """Build the demo city where there is none yet, and serve it."""
    own = _read(chosen.text) if chosen.text else None
    port = _free_port(chosen.port)
    root = Path(os.environ.get("MITSTADT_ROOT", Path.cwd()))
    var = root / "var" / "demo"
    _settings(var, port)
    if chosen.fresh:
        _clear(var)
    _migrate()
    _build()
    process = _open(own, chosen.text.name) if own is not None else None
    _print_guide(port, process)
    if chosen.build_only:
        return 0
    _collect_static(var)
    print(f"\n  http://{HOST}:{port}/   (Strg+C beendet / Ctrl+C stops)\n", flush=True)
    if not chosen.no_browser:
        threading.Thread(target=_open_browser, args=(port, process), daemon=True).start()
    serve.run(HOST, port, workers=1, with_worker=True)
    return 0


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as missing:
        raise MethodError("file_missing", f"There is no file {file}.") from missing
    except IsADirectoryError as folder:
        raise MethodError("file_is_folder", f"{file} is a folder. Name a file.") from folder
    except OSError as error:
        raise MethodError("file_unreadable", f"{file} cannot be read: {error.strerror}.") from error


def _free_port(wanted: int) -> int:
    for port in range(wanted, wanted + _PORTS_TRIED):
        if serve.is_free(HOST, port):
            if port != wanted:
                print(f"Port {wanted} ist belegt, die Demo nimmt {port}. / Port {wanted} is taken, using {port}.")
            return port
    raise MethodError("no_free_port", f"No port from {wanted} to {wanted + _PORTS_TRIED - 1} is free.")


def _settings(var: Path, port: int) -> None:
    var.mkdir(parents=True, exist_ok=True)
    # A demo never touches another city's database, whatever the environment says.
    os.environ.pop("DATABASE_URL", None)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="mitstadt.site.settings",
        MITSTADT_DEMO="1",
        MITSTADT_VAR=str(var),
        MITSTADT_PUBLIC_URL=f"http://{HOST}:{port}",
        MITSTADT_LOG_NAME="demo.invalid/log",
        MITSTADT_SITE_NAME="Mitstadt Berlin",
        MITSTADT_OPERATOR="Vorführung auf diesem Rechner",
    )


def _clear(var: Path) -> None:
    for name in _OF_ONE_CITY:
        (var / name).unlink(missing_ok=True)
    for folder in ("mails", "uploads"):
        shutil.rmtree(var / folder, ignore_errors=True)


def _migrate() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _build() -> None:
    from mitstadt.ground import clock
    from mitstadt.site.demo import builder, visitors
    from mitstadt.spine.actions.digests import send_digests

    now = clock.now()
    there = builder.standing()
    if there:
        print("Die Demo-Stadt steht schon. / The demo city is already there.")
        if not there.is_current or builder.is_stale(there, now=now):
            print("Sie ist nicht mehr frisch; --fresh baut sie neu. / It is no longer fresh; --fresh builds it anew.")
        return
    print("Die Demo-Stadt entsteht, das dauert etwa eine halbe Minute. / Building the demo city, about half a minute.")
    with progress.told(speaking.translated, wanted=False, for_programs=False) as doing:
        doing(_("Die Demo-Stadt entsteht"))
        built = builder.build(now=now)
    visitors.keep_codes(built.spare_codes)
    send_digests(now=now)
    print(f"{built.deeds} Vorgänge aus fünf Monaten. / {built.deeds} deeds of five months.")


def _open(data: bytes, name: str) -> Opened:
    from mitstadt.ground import clock
    from mitstadt.site.demo.own_file import open_file

    return open_file(data, name, now=clock.now())


def _print_guide(port: int, own: Opened | None) -> None:
    from django.urls import reverse
    from django.utils import translation

    from mitstadt.site.demo import guide

    base = f"http://{HOST}:{port}"
    with translation.override("en"):
        in_english = [str(place.says) for place in guide.places()]
        seats_in_english = [seat.says for seat in guide.seats()]
    with translation.override("de"):
        print("\nWo Sie anfangen können / Where to look:")
        for place, english in zip(guide.places(), in_english, strict=True):
            print(f"  {base}{place.address}\n      {_in_both(str(place.says), english)}")
        if own:
            print(f"  {base}{_address(own)}\n      Ihr Text / your text")
        print(f"\nMit einem Klick angemeldet / Signed in with one click: {base}{reverse('demo')}")
        for seat, english in zip(guide.seats(), seats_in_english, strict=True):
            print(f"  {seat.name:18}{_in_both(seat.says, english, beside=20)}")


def _address(own: Opened) -> str:
    from mitstadt.spine.kinds import address_of

    return address_of(own.part)


def _in_both(german: str, english: str, *, beside: int = 6) -> str:
    return german if german == english else f"{german}\n{' ' * beside}{english}"


def _collect_static(var: Path) -> None:
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    parts = sorted(
        f"{path} {info.st_size} {info.st_mtime_ns}"
        for finder in get_finders()
        for path, storage in finder.list([])
        for info in [Path(storage.path(path)).stat()]
    )
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    stamp = var / "static.stamp"
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(digest, encoding="ascii")


def _open_browser(port: int, own: Opened | None) -> None:
    import webbrowser

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return
    until = time.monotonic() + _BROWSER_WAITS_SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                browser.open(f"http://{HOST}:{port}{_address(own) if own else '/'}")
                return
        time.sleep(0.2)
    print("The city does not answer yet; open the address yourself.", file=sys.stderr)
