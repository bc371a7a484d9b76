"""Where runs are handed over to be computed in the background, in the transaction of what asked for them."""


def hand_over(key: int) -> None:
    """Let a worker compute the run with this key."""
    from mitstadt.spine.tasks import compute_run  # it computes what was asked for by what stands here

    compute_run.enqueue(key=key)
