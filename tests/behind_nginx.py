"""nginx with our own example file, in front of a served city, for tests that reach it as the outside does."""

from __future__ import annotations

import datetime
import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks.served_city import CSRF, ROOT, City, free_port
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HOST = "mitstadt.example.org"
EXAMPLE = ROOT / "docs" / "operate" / "examples" / "nginx.conf"
_FRAME = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/mitstadt.conf;
}}
"""


@dataclass(frozen=True)
class Door:
    """Where nginx answers, with TLS and without."""

    city: City
    tls_port: int
    plain_port: int

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        *,
        client: str = "127.0.0.1",
        within_s: float = 20,
    ) -> tuple[int, str]:
        """What the city answers to a client of this address."""
        connection = http.client.HTTPConnection("127.0.0.1", self.tls_port, timeout=within_s)
        connection.sock = self.connected(client, within_s=within_s)
        try:
            connection.request(method, path, body, {"Host": HOST, **(headers or {})})
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", errors="replace")
        finally:
            connection.close()

    def connected(self, client: str = "127.0.0.1", *, within_s: float = 20) -> ssl.SSLSocket:
        """A connection with TLS, from an address of this machine's loop."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        plain = socket.create_connection(("127.0.0.1", self.tls_port), within_s, source_address=(client, 0))
        return context.wrap_socket(plain, server_hostname=HOST)

    def contribute(self, client: str, **headers: str) -> int:
        """A guest at this address says something for the first time; the status of the answer."""
        form = {
            "csrfmiddlewaretoken": CSRF,
            "submission_key": str(uuid4()),
            "body": f"Mehr Bäume, schreibt jemand von {client}.",
            "similar_seen": "on",
        }
        return self.ask(
            "POST",
            f"/texte/{self.city.text}/{self.city.passages[0]}/comment/beitragen/",
            urlencode(form).encode(),
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": f"csrftoken={CSRF}",
                "Origin": f"https://{HOST}",
                **headers,
            },
            client=client,
            within_s=60,
        )[0]


@contextmanager
def behind_nginx(city: City, folder: Path) -> Iterator[Door]:
    """nginx in front of this city, with the example as it stands but for ports, host certificate and folders."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    door = Door(city, free_port(), free_port())
    _write_certificate(folder)
    (folder / "mitstadt.conf").write_text(_at_these_ports(EXAMPLE.read_text("utf-8"), door, folder), "utf-8")
    (folder / "nginx.conf").write_text(_FRAME.format(folder=folder), "utf-8")
    running = subprocess.Popen([program, "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.PIPE)
    try:
        _wait_until_up(door, running)
        yield door
    finally:
        running.terminate()
        running.communicate(timeout=20)


def _at_these_ports(example: str, door: Door, folder: Path) -> str:
    changes = {
        r"listen 80;": f"listen 127.0.0.1:{door.plain_port};",
        r"listen 443 ssl http2;": f"listen 127.0.0.1:{door.tls_port} ssl;",
        r"listen \[::\]:.*;\n": "",
        r"server 127\.0\.0\.1:8000;": f"server 127.0.0.1:{door.city.port};",
        r"ssl_certificate /.*;": f"ssl_certificate {folder}/cert.pem;",
        r"ssl_certificate_key /.*;": f"ssl_certificate_key {folder}/key.pem;",
    }
    for pattern, instead in changes.items():
        example, count = re.subn(pattern, instead, example)
        assert count, f"The example has no line like “{pattern}”."
    return example


def _write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.fromtimestamp(time.time(), datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def _wait_until_up(door: Door, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if running.poll() is not None:
            raise RuntimeError(f"nginx does not start: {running.communicate()[1].decode()}")
        try:
            door.connected().close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("nginx does not answer.")
