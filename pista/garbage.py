"""How often Python looks for what only a search finds to be garbage: next to none is ours."""

import gc


def collect_seldom() -> None:
    """What is loaded by now stays; and what comes are trees, which need no search for cycles."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
