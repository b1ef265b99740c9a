"""Reading and naming take time that grows with the input, not with its square."""

import gc
import time

import pytest

from tests.support.growing_inputs import GROWING_INPUTS, GrowingInput

TIMES_LARGER = 4  # each of three sizes than the one before
GENEROUS = 2.5  # times as long as in proportion: caches and allocators have steps of their own
SLACK_SECONDS = 0.1
ATTEMPTS = 3  # on a machine that does other things too


def seconds(given: GrowingInput, size: int) -> float:
    """Processor time for an input of that size."""
    data = given.made(size)
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        given.read(data)
        return time.process_time() - begun
    finally:
        gc.enable()


def grows_with_its_square(given: GrowingInput, smallest: int) -> str:
    """The three times, where one is out of proportion to another; else nothing."""
    small, middle, large = (seconds(given, smallest * TIMES_LARGER**power) for power in range(3))
    pairs = ((small, middle, TIMES_LARGER), (middle, large, TIMES_LARGER), (small, large, TIMES_LARGER**2))
    if all(more <= less * times * GENEROUS + SLACK_SECONDS for less, more, times in pairs):
        return ""
    return f"{small:.3f}, {middle:.3f}, {large:.3f} s"


@pytest.mark.parametrize("given", GROWING_INPUTS, ids=lambda given: given.name)
@pytest.mark.parametrize("smallest", [2_000, pytest.param(60_000, marks=pytest.mark.long)])
def test_time_grows_with_the_input(given: GrowingInput, smallest: int) -> None:
    seconds(given, 200)  # what is loaded once
    found = ""
    for _ in range(ATTEMPTS):
        found = grows_with_its_square(given, smallest)
        if not found:
            return
    pytest.fail(f"{given.name}: {found}")


def test_there_are_sixty_of_them() -> None:
    assert len(GROWING_INPUTS) >= 60
