"""A mail server of a few lines that keeps every mail."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

Kept = list[EmailMessage]


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self._say("354 go on")
                self._keep()
            elif word == b"QUIT":
                self._say("221 bye")
                return
            self._say("250 well")

    def _keep(self) -> None:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        mail = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.kept.append(mail)  # type: ignore[attr-defined]  # ours

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A worker that is killed in the middle of a sentence is no error here."""


@contextmanager
def mail_server() -> Iterator[tuple[int, Kept]]:
    """Its port, and every mail that it got, as often as it came."""
    with _Server(("127.0.0.1", 0), _Conversation) as server:
        server.kept = []  # type: ignore[attr-defined]  # ours
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_address[1], server.kept  # type: ignore[attr-defined]  # ours
        finally:
            server.shutdown()
