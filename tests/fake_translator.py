"""A translation service for tests: it speaks LibreTranslate's API on a port of this machine, well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KNOWN = [{"code": "de", "targets": ["de", "en"]}, {"code": "en", "targets": ["de", "en"]}]


@dataclass
class Translator:
    """What it was asked, and how it answers: in capitals, where a test says nothing else."""

    address: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    kind: str = "application/json"
    # The whole answer, where it is not the translation.
    body: bytes | None = None
    # Sent before the answer with pauses, sign by sign.
    drip: bool = False
    away: threading.Event = field(default_factory=threading.Event)

    def answer_to(self, sent: dict[str, Any] | None) -> bytes:
        """What goes back."""
        if self.body is not None:
            return self.body
        said = KNOWN if sent is None else {"translatedText": [text.upper() for text in sent["q"]]}
        return json.dumps(said).encode()


@contextmanager
def translator() -> Iterator[Translator]:
    """Run one for a while."""
    told = Translator()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            told.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._answer(told.asked[-1])

        def _answer(self, sent: dict[str, Any] | None) -> None:
            body = told.answer_to(sent)
            self.send_response(told.status)
            self.send_header("Content-Type", told.kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Location", f"{told.address}/elsewhere")
            self.end_headers()
            try:
                while told.drip and not told.away.wait(0.05):
                    self.wfile.write(b" ")
                self.wfile.write(body)
            except OSError:
                return

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield told
    finally:
        told.away.set()
        server.shutdown()
        server.server_close()
