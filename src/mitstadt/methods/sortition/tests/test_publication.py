"""A public draw: committed first, decided by public randomness, checked by a script that knows nothing of us."""

import json
import subprocess
import sys
from collections import Counter
from importlib.resources import files

import pytest

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.numbered import numbered_lottery
from mitstadt.methods.sortition.pool import Pool
from mitstadt.methods.sortition.publication import canonical, draw, number_of, pseudonyms_of, publish, read_publication
from mitstadt.methods.sortition.quotas import Quota, Quotas
from mitstadt.methods.sortition.solution import solve
from mitstadt.methods.sortition.verifier import verify

VERIFIER = files("mitstadt.methods.sortition").joinpath("verifier.py").read_bytes()
SECRET = b"kept in the town hall's safe"
FILES = ["commitment.json", "pool.csv", "quotas.csv", "panels.json", "probabilities.csv", "verify.py", "draw.json"]


@pytest.fixture(scope="module")
def public():
    features = tuple((("young", "old")[i % 2], ("east", "west", "north")[i % 3]) for i in range(30))
    homes = tuple(f"home {i // 2 if i < 8 else i}" for i in range(30))
    pool = Pool(tuple(f"Person {i}" for i in range(30)), ("age", "district"), features, homes)
    quotas = Quotas(
        (
            Quota("age", "young", 2, 4),
            Quota("age", "old", 2, 4),
            *(Quota("district", d, 1, 3) for d in ("east", "west", "north")),
        )
    )
    found = solve(pool, quotas, 6)
    lottery = numbered_lottery(found, 50)
    return publish(found, lottery, quotas, secret=SECRET, source="lotto on 9 January", verifier=VERIFIER)


@pytest.fixture
def folder(public, tmp_path):
    for name, content in public.files.items():
        (tmp_path / name).write_bytes(content)
    opened = read_publication(public.files["commitment.json"], public.files["panels.json"])
    (tmp_path / "draw.json").write_bytes(canonical(draw(opened, "4 8 15 16 23 42")))
    return tmp_path


def test_the_script_confirms_an_honest_draw_without_our_code(folder, public):
    command = [sys.executable, "-I", str(folder / "verify.py"), str(folder), public.commitment]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    number = json.loads((folder / "draw.json").read_bytes())["number"]
    assert (done.returncode, done.stdout) == (0, f"Confirmed: panel {number} was drawn.\n")


def test_the_script_is_short_and_needs_nothing_but_python():
    text = VERIFIER.decode()

    assert len(text.splitlines()) < 200
    modules = {line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert modules <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("name", FILES)
def test_any_changed_byte_is_noticed(folder, name):
    content = (folder / name).read_bytes()
    for place in range(0, len(content), max(1, len(content) // 40)):
        changed = bytearray(content)
        changed[place] ^= 1
        (folder / name).write_bytes(bytes(changed))

        problems, _ = verify(str(folder))

        assert problems, f"byte {place} of {name}"


def test_another_commitment_than_the_announced_one_is_noticed(folder):
    problems, _ = verify(str(folder), "0" * 64)

    assert problems == ["this is not the commitment that was announced"]


def test_a_bound_that_the_prices_do_not_prove_is_noticed(folder):
    settings = json.loads((folder / "commitment.json").read_bytes())
    settings["lowest_bound"] -= 0.01
    (folder / "commitment.json").write_bytes(canonical(settings))

    problems, _ = verify(str(folder))

    assert any("the proof gives the bound" in problem for problem in problems)


def test_nobody_is_named_in_what_is_published(public):
    for content in public.files.values():
        assert b"Person 1" not in content
        assert b"home 1" not in content


def test_pseudonyms_need_a_secret_worth_the_name():
    with pytest.raises(MethodError, match="at least 16 bytes"):
        pseudonyms_of(Pool(("a",), ("c",), (("f",),)), b"short")


def test_a_draw_without_randomness_is_refused(public):
    opened = read_publication(public.files["commitment.json"], public.files["panels.json"])

    with pytest.raises(MethodError, match="blank"):
        draw(opened, "  ")


def test_panels_other_than_the_committed_ones_are_refused(public):
    with pytest.raises(MethodError, match="not the file that was committed to"):
        read_publication(public.files["commitment.json"], public.files["panels.json"] + b" ")


def test_every_number_is_equally_likely():
    counted = Counter(number_of(f"{seed:064x}", 7) for seed in range(7_000))

    assert set(counted) == set(range(1, 8))
    assert max(counted.values()) - min(counted.values()) < 200
