"""Every deed of the city, done several times at the same moment: how a slice says what is to come of it.

A slice (and the spine) brings `SCENES` in its ``tests/deeds.py``: for each function of its actions that somebody does,
a builder that sets the scene and gives the deed. `PARTS` names those that are only a part of another deed, with the
reason. A function that stands in neither lets a test fail: no deed is forgotten.
"""

from __future__ import annotations

import copy
import importlib
import inspect
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import Any

from django.conf import settings

from cast import LATER
from mitstadt.methods.log import verify_log
from mitstadt.site.slices import folder_of
from mitstadt.spine.actions.log import log_key, publish_head
from mitstadt.spine.actions.recounting import recount
from mitstadt.spine.amending import Amending
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, ActInPreparation
from mitstadt.spine.queries.log_export import log_lines
from mitstadt.spine.tests.at_once import seen_there
from mitstadt.spine.verbs import Verb

SPINE = "mitstadt.spine"
_WHO = ("Actor", "Person")
_ACTS = (Act, ActInPreparation)


@dataclass(frozen=True)
class Tried:
    """A deed with all it needs, and the acts that are there afterwards, however often it is tried at once.

    `once` are the verbs of which there is one; `each` those of which each try leaves one.
    """

    call: partial[Any]
    once: tuple[str, ...] = ()
    each: tuple[str, ...] = ()

    def acts(self, tries: int) -> Counter[str]:
        """The acts after so many tries."""
        return Counter([*self.once, *(self.each * tries)])


Deed = Callable[..., object]
Scenes = Mapping[Deed, Callable[[], Tried]]


def owners() -> list[str]:
    """Who has actions: the spine, and every installed slice."""
    return [SPINE, *settings.SLICES]


def table_of(owner: str) -> ModuleType:
    """The scenes of an owner."""
    if not (folder_of(owner) / "tests" / "deeds.py").exists():
        raise AssertionError(f"{owner} brings no tests/deeds.py: nobody tries its deeds at once.")
    return importlib.import_module(f"{owner}.tests.deeds")


def scenes() -> dict[str, Callable[[], Tried]]:
    """All scenes, by the name of the deed."""
    found = [item for owner in owners() for item in table_of(owner).SCENES.items()]
    return {f"{deed.__module__}.{deed.__qualname__}": build for deed, build in found}


def deeds_of(owner: str) -> Iterator[Deed]:
    """Every public function of its actions that takes somebody who does it."""
    for module in _modules(importlib.import_module(f"{owner}.actions")):
        for name, found in inspect.getmembers(module, inspect.isfunction):
            if found.__module__ == module.__name__ and not name.startswith("_") and _takes_somebody(found):
                yield found


def _modules(root: ModuleType) -> Iterator[ModuleType]:
    yield root
    for info in pkgutil.iter_modules(getattr(root, "__path__", []), f"{root.__name__}."):
        yield importlib.import_module(info.name)


def _takes_somebody(function: Deed) -> bool:
    parameters = inspect.signature(function).parameters.values()
    return any(word in str(one.annotation) for one in parameters for word in _WHO)


def as_seen_before(call: partial[Any]) -> partial[Any]:
    """The same deed with rows of its own, as each request has them."""
    # What is declared is one for all.
    same = {id(one): one for one in (*call.args, *call.keywords.values()) if isinstance(one, Verb | Amending)}
    return partial(call.func, *copy.deepcopy(call.args, same), **copy.deepcopy(call.keywords, same))


def errors_in(results: list[object]) -> list[object]:
    """What came that no person should see."""
    return [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]


def acts_now() -> Counter[str]:
    """All acts by their verbs: those of the log, and those that wait for it with a draft."""
    return seen_there(lambda: Counter(verb for acts in _ACTS for verb in acts.objects.values_list("verb", flat=True)))


def acts_since(before: Counter[str]) -> Counter[str]:
    """What came on top; a draft that opened brings its acts into the log, and adds none."""
    return acts_now() - before


def all_is_right() -> None:
    """Every count is what it counts, and the log verifies."""
    assert seen_there(recount) == []

    def verified() -> tuple[object, ...]:
        publish_head(now=LATER)
        found = verify_log(log_lines(log_key()), keys=[log_key()])
        return found.faults

    assert seen_there(verified) == ()
