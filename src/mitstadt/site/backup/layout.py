"""How a backup file is laid out, and the manifest that tells what must be in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from mitstadt.methods.shared.errors import MethodError

FORMAT = "mitstadt backup"
VERSION = 1
MANIFEST = "manifest.json"
HEAD = "log/head.txt"
SECRETS = "secrets/"
UPLOADS = "uploads/"
TABLES = "tables/"
LONGEST_MANIFEST = 1 << 24


@dataclass(frozen=True)
class Member:
    """A file within the backup: how long it is, its SHA-256, and for a table how many rows it has."""

    size: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True)
class Manifest:
    """What is in the backup; written last, so that a backup that broke off has none."""

    made_at: str
    mitstadt: str
    database: str
    log_size: int
    migrations: Mapping[str, tuple[str, ...]]
    members: Mapping[str, Member] = field(default_factory=dict)

    def text(self) -> str:
        """The manifest as JSON."""
        return json.dumps({"format": FORMAT, "version": VERSION, **asdict(self)}, indent=1, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Manifest:
        """The manifest that `text` wrote; `MethodError` for anything else."""
        try:
            fields = json.loads(text)
            if fields.pop("format") != FORMAT:
                raise ValueError("another format")
            version = fields.pop("version")
            members = {name: Member(**member) for name, member in fields.pop("members").items()}
            migrations = {app: tuple(names) for app, names in fields.pop("migrations").items()}
            manifest = cls(members=members, migrations=migrations, **fields)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise MethodError("backup_unreadable", "This is no backup of Mitstadt.") from error
        if version != VERSION:
            sentence = f"This backup is written in version {version}; version {VERSION} can be read here."
            raise MethodError("backup_version", sentence, version=version)
        return manifest
