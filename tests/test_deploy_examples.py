"""The files with which an office sets up its city say what holds for this version."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from benchmarks.served_city import ROOT

EXAMPLES = ROOT / "docs" / "operate" / "examples"
SETTINGS = (ROOT / "docs" / "operate" / "run.md").read_text("utf-8")


def example(name):
    return (EXAMPLES / name).read_text("utf-8")


def test_every_setting_of_an_example_is_in_the_docs():
    for file in EXAMPLES.iterdir():
        for name in re.findall(r"\b(?:MITSTADT_[A-Z_]+|DATABASE_URL|REDIS_URL)\b", file.read_text("utf-8")):
            plain = name.removesuffix("_FILE")
            assert plain in SETTINGS, f"{file.name}: {name}"


def test_every_example_is_in_the_docs_and_every_path_of_the_docs_is_there():
    named = set(re.findall(r"\]\(examples/([\w.-]+)\)", SETTINGS))
    assert named == {file.name for file in EXAMPLES.iterdir()}


def test_bodies_are_bounded_alike_everywhere():
    from mitstadt.participation.drafting.importing_forms import MOST_BYTES

    both = example("nginx.conf") + example("Caddyfile")
    sizes = {int(size) for size in re.findall(r"(?:max_body_size|max_size|request_buffers) (\d+)(?:m|MB)", both)}
    assert sizes == {45}
    assert 2 * MOST_BYTES < 45_000_000


def test_the_commands_of_the_services_exist():
    from mitstadt.site.commandline.frame.finding import commands

    known = set(commands())
    for name in ("mitstadt.service", "mitstadt-backup.service", "Containerfile", "compose.yaml"):
        spoken = "\n".join(line for line in example(name).splitlines() if not line.startswith("#"))
        used = set(re.findall(r"/mitstadt\"?,? \"?([a-z]+)", spoken)) - {"help"}
        assert used <= known, name


def test_compose_is_well_formed_and_names_only_what_it_declares():
    compose = yaml.safe_load(example("compose.yaml"))
    for service in compose["services"].values():
        assert set(service.get("secrets", [])) <= set(compose["secrets"])
        assert set(service.get("depends_on", {})) <= set(compose["services"])
        for volume in service["volumes"]:
            source = volume.partition(":")[0]
            assert source in compose["volumes"] or (EXAMPLES / source).exists(), volume
    city = compose["services"]["city"]
    assert (EXAMPLES / city["build"]["context"]).resolve() == ROOT
    assert (ROOT / city["build"]["dockerfile"]).exists()
    assert city["environment"]["MITSTADT_TRUSTED_PROXIES"] == "1"


@pytest.mark.skipif(not shutil.which("caddy"), reason="needs caddy: apt-get install caddy")
def test_caddy_understands_its_example(tmp_path):
    version = subprocess.run(["caddy", "version"], capture_output=True, text=True, check=True).stdout
    text = example("Caddyfile")
    if tuple(map(int, re.findall(r"\d+", version)[:2])) < (2, 7):
        text = re.sub(r"request_buffers .*", "buffer_requests", text)
    (tmp_path / "Caddyfile").write_text(text)
    done = subprocess.run(
        ["caddy", "adapt", "--validate", "--adapter", "caddyfile", "--config", tmp_path / "Caddyfile"],
        capture_output=True,
        text=True,
        check=False,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
def test_systemd_understands_its_examples(tmp_path):
    for name in ("mitstadt.service", "mitstadt-backup.service", "mitstadt-backup.timer"):
        text = example(name).replace("/opt/mitstadt/mitstadt", "/bin/true").replace("/opt/mitstadt", str(tmp_path))
        (tmp_path / name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(Path(tmp_path).iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "mitstadt" in line and "User=" not in line]
    assert ours == []
