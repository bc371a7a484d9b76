"""Typed readers for settings from the environment; a wrong value says which one and what it should be."""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

OWN_CACHE = "django.core.cache.backends.locmem.LocMemCache"
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """The value itself; ``NAME_FILE`` names a file that holds it, for secrets."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """A yes or no."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is “{value}”. Write yes or no.")


def number(name: str, default: int) -> int:
    """A whole number of at least one."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdecimal() and len(value) < 9 and int(value) > 0):
        raise ImproperlyConfigured(f"{name} is “{value}”. Write a whole number, as {default}.")
    return int(value)


def number_if_said(name: str) -> int | None:
    """A number of things; None where nobody said how many."""
    value = text(name).strip()
    if not value:
        return None
    if value.isascii() and value.isdigit() and len(value) <= 2:
        return int(value)
    raise ImproperlyConfigured(f"{name} is “{value[:40]}”. Write a number, as 1.")


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def service(name: str) -> str:
    """The address of a service over http or https; empty where there is none."""
    value = text(name).strip()
    parts = urlsplit(value)
    if value and not (parts.scheme in {"http", "https"} and parts.hostname and not parts.query):
        raise ImproperlyConfigured(f"{name} is “{value[:80]}”. Write an address, as http://127.0.0.1:5000.")
    return value


def whole(name: str, default: int) -> int:
    """A whole number that is not negative."""
    value = text(name) or str(default)
    if not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(f"{name} is “{value}”. Write a whole number.")
    return int(value)


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks, separated by commas."""
    found = []
    for word in words(name):
        try:
            found.append(ip_network(word, strict=False))
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} has “{word}”. Write addresses or networks, as 10.0.0.0/8.") from error
    return found


def cache() -> dict[str, Any]:
    """The cache of ``REDIS_URL``, or a table in the city's own database: limits count for all processes together.

    Keys are digests: the sign-in library writes addresses of machines into them.
    """
    url = text("REDIS_URL")
    keys = "mitstadt.spine.cache_keys.keyed"
    if not url:
        return {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "spine_cacheentry",
            "KEY_FUNCTION": keys,
            # Without a word about it, Django throws away counters when there are three hundred.
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    scheme = urlsplit(url).scheme
    if scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(f"REDIS_URL begins with “{scheme}”. Use redis://, rediss:// or unix://.")
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": "mitstadt",
        "KEY_FUNCTION": keys,
        # A cache that hangs must not hang the city.
        "OPTIONS": {"socket_timeout": 5, "socket_connect_timeout": 5, "health_check_interval": 30},
    }


def files(below: str, **folder: Path) -> dict[str, Any]:
    """Where files lie: ``below`` in the bucket of ``MITSTADT_S3_BUCKET``, or in a folder where none is named.

    Nothing there is public: the city serves each file to whoever may see it.
    """
    bucket = text("MITSTADT_S3_BUCKET")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": dict(folder)}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "location": f"{text('MITSTADT_S3_PREFIX').strip('/')}/{below}".lstrip("/"),
            "endpoint_url": text("MITSTADT_S3_ENDPOINT") or None,
            "region_name": text("MITSTADT_S3_REGION") or None,
            "access_key": text("MITSTADT_S3_KEY") or None,
            "secret_key": text("MITSTADT_S3_SECRET") or None,
            "default_acl": None,
            "file_overwrite": False,
            "signature_version": "s3v4",
        },
    }


def database(default_file: Path) -> dict[str, Any]:
    """The database of ``DATABASE_URL``; an SQLite file of our own where none is named.

    SQLite runs with WAL, full synchronisation (an acknowledged contribution survives a power cut) and immediate
    transactions (two writers wait for each other instead of failing).
    """
    url = text("DATABASE_URL")
    if not url or url.startswith("sqlite:"):
        name = url.removeprefix("sqlite:///") or str(default_file) if url else str(default_file)
        return sqlite(name)
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"DATABASE_URL begins with “{parts.scheme}”. Use postgres:// or sqlite:///.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def files_of(database: dict[str, Any]) -> list[Path]:
    """The files of an SQLite database, its journal with them; none of another."""
    name = str(database["NAME"])
    return [Path(f"{name}{end}") for end in ("", "-wal", "-shm")] if database["ENGINE"].endswith("sqlite3") else []


def sqlite(name: str) -> dict[str, Any]:
    """Settings of an SQLite database file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        # Or else every request opens the file and, closing it, empties its journal.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                # What was erased is written over, not only forgotten.
                "PRAGMA secure_delete=ON;"
            ),
        },
    }
