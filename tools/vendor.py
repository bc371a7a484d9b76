"""Fetch the front-end files of others that we ship, and prove that they are unchanged.

``tools/vendor.py`` fetches what ``vendor.lock.toml`` names; ``tools/vendor.py --check`` compares the files with
``vendor.sums`` and needs no network.
"""

import argparse
import base64
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = "vendor.lock.toml"
SUMS = "vendor.sums"


class VendorError(Exception):
    """Something does not agree with the lock; the sentence says what."""


@dataclass(frozen=True, kw_only=True)
class Sections:
    """Whole sections of one style sheet, taken unchanged into one cascade layer."""

    source: str
    target: str
    layer: str
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Package:
    """One package of the lock."""

    name: str
    version: str
    integrity: str
    licence: str
    purpose: str
    into: str
    files: dict[str, str] = field(default_factory=dict)
    sections: Sections | None = None

    def targets(self) -> list[str]:
        """Every file that this package puts into the repository, from the root."""
        names = list(self.files.values()) + ([self.sections.target] if self.sections else [])
        return [f"{self.into}/{name}" for name in names]


def read_lock(root: Path) -> list[Package]:
    """The packages of the lock file."""
    rows = tomllib.loads((root / LOCK).read_text(encoding="utf-8"))["package"]
    return [_package(row) for row in rows]


def _package(row: dict) -> Package:
    sections = row.pop("sections", None)
    if sections:
        sections = Sections(
            source=sections["from"], target=sections["to"], layer=sections["layer"], names=tuple(sections["names"])
        )
    return Package(**row, sections=sections)


def fetch(package: Package, folder: Path) -> Path:
    """The package's archive, fetched by the npm client and compared with the lock."""
    subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{package.name}@{package.version}"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (archive,) = folder.glob("*.tgz")
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.integrity:
        raise VendorError(f"{package.name} {package.version} is not what the lock names: {found}.")
    return archive


def copy_files(package: Package, archive: Path, root: Path) -> None:
    """Copy the named files of the archive to their place."""
    target = root / package.into
    target.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as tar:
        for source, name in package.files.items():
            (target / name).write_bytes(_member(tar, source))
        if package.sections:
            sheet = _member(tar, package.sections.source).decode("utf-8")
            text = take_sections(sheet, package.sections, f"{package.name} {package.version}, {package.licence}")
            (target / package.sections.target).write_text(text, encoding="utf-8")


def _member(tar: tarfile.TarFile, source: str) -> bytes:
    # Packages may name their top folder freely; npm itself strips the first part of each path.
    for member in tar.getmembers():
        if member.name.partition("/")[2] == source:
            stream = tar.extractfile(member)
            if stream is not None:
                return stream.read()
    raise VendorError(f"The archive holds no file {source}.")


def take_sections(sheet: str, sections: Sections, origin: str) -> str:
    """The named sections of a sheet whose parts begin with a ``@file NAME`` comment, inside one layer."""
    found: dict[str, str] = {}
    for name, text in split_sections(sheet):
        found.setdefault(name, text)
    missing = [name for name in sections.names if name not in found]
    if missing:
        raise VendorError(f"{origin} has no section {', '.join(missing)}.")
    body = "\n".join(found[name].strip() for name in sections.names)
    note = f"/* From {origin}: whole sections, unchanged, put into a cascade layer by tools/vendor.py. */"
    return f"{note}\n@layer {sections.layer} {{\n{body}\n}}\n"


def split_sections(sheet: str) -> Iterator[tuple[str, str]]:
    """Name and text of every part that a ``/** * @file NAME`` comment begins."""
    for part in sheet.split("/**\n")[1:]:
        first, _, _ = part.partition("\n")
        _, marked, name = first.partition("@file ")
        if marked:
            yield name.strip(), "/**\n" + part


def digest(path: Path) -> str:
    """SHA-384 of a file, as browsers write it."""
    return "sha384-" + base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()


def sums(packages: list[Package], root: Path) -> str:
    """One line for each vendored file: digest and path, sorted by path."""
    targets = sorted(target for package in packages for target in package.targets())
    return "".join(f"{digest(root / target)}  {target}\n" for target in targets)


def differences(packages: list[Package], root: Path) -> list[str]:
    """Sentences on every vendored file that is missing, changed, or not in the lock; empty when all is well."""
    recorded = {}
    for line in (root / SUMS).read_text(encoding="utf-8").splitlines():
        value, _, target = line.partition("  ")
        recorded[target] = value
    expected = {target for package in packages for target in package.targets()}
    found = [f"{name} is in {LOCK} but not in {SUMS}." for name in sorted(expected - recorded.keys())]
    found += [f"{name} is in {SUMS} but not in {LOCK}." for name in sorted(recorded.keys() - expected)]
    for name, value in recorded.items():
        path = root / name
        if not path.is_file():
            found.append(f"{name} is missing.")
        elif digest(path) != value:
            found.append(f"{name} was changed by hand.")
    return found + _strangers(packages, expected, root)


def _strangers(packages: list[Package], expected: set[str], root: Path) -> list[str]:
    folders = {root / package.into for package in packages}
    files = (path.relative_to(root).as_posix() for folder in folders for path in folder.rglob("*") if path.is_file())
    return [f"{name} lies in a vendored folder, but {LOCK} does not name it." for name in sorted(set(files) - expected)]


def update(packages: list[Package], root: Path) -> None:
    """Fetch everything anew and record the digests."""
    for package in packages:
        with tempfile.TemporaryDirectory() as folder:
            copy_files(package, fetch(package, Path(folder)), root)
        print(f"{package.name} {package.version}")
    (root / SUMS).write_text(sums(packages, root), encoding="utf-8")


def main(argv: list[str]) -> int:
    """Run the tool; 1 when a file differs from what was recorded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the recorded digests, without a network")
    arguments = parser.parse_args(argv)
    packages = read_lock(ROOT)
    if not arguments.check:
        update(packages, ROOT)
        return 0
    found = differences(packages, ROOT)
    print("\n".join(found) if found else f"{sum(len(p.targets()) for p in packages)} vendored files are unchanged.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
