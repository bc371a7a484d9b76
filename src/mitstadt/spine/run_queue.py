"""Where runs are handed over to be computed: as soon as what asked for them is committed."""

from functools import partial

from django.db import transaction


def hand_over(key: int) -> None:
    """Let the run with this key be computed; a fault in it does not touch the one who asked."""
    from mitstadt.spine.actions.runs import compute  # it asks for runs by what stands here

    transaction.on_commit(partial(compute, key), robust=True)
