"""Who knows the secret gets in; who guesses waits ever longer, and shuts nobody out."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from locator.directory.gate import LONGEST, LONGEST_FIRST, MANY, WINDOW, Gate
from locator.errors import InputError


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def gate(clock):
    return Gate("æble", clock)


def test_without_a_secret_nobody_gets_in():
    gate = Gate("")
    assert not gate.is_there
    assert not gate.admits("", "a")


def test_who_knows_it_gets_in(gate):
    assert gate.is_there
    assert gate.admits("æble", "a")
    assert gate.admits("æble", "a")
    assert not gate.admits("aeble", "b")


def test_each_wrong_one_costs_twice_the_wait_of_the_one_before(gate, clock):
    found = []
    for _ in range(20):
        assert not gate.admits("wrong", "a")
        with pytest.raises(InputError) as refused:
            gate.admits("æble", "a")  # even the right one is not looked at
        found.append(refused.value.values["seconds"])
        clock.now += found[-1]
    assert found[:5] == [1, 2, 4, 8, 16]
    assert found[-1] == LONGEST
    assert gate.admits("æble", "a")
    assert not gate.admits("wrong", "a")  # and begins anew


def test_a_mistype_of_one_delays_nobody_else(gate):
    assert not gate.admits("wrong", "a")
    assert gate.admits("æble", "b")


def test_coming_as_somebody_else_each_time_is_no_use(gate, clock):
    looked_at = 0
    for number in range(5000):
        with suppress(InputError):
            gate.admits("wrong", f"sender {number}")
            looked_at += 1
        clock.now += 0.1
    assert looked_at <= MANY


def test_a_maintainer_gets_in_amid_an_attack(gate, clock):
    for number in range(500):
        with suppress(InputError):
            gate.admits("wrong", f"sender {number}")
    with pytest.raises(InputError) as refused:
        gate.admits("æble", "maintainer")
    seconds = refused.value.values["seconds"]
    assert seconds <= LONGEST_FIRST
    for number in range(500):
        clock.now += seconds / 499
        with suppress(InputError):
            gate.admits("wrong", f"another {number}")
    assert gate.admits("æble", "maintainer")
    clock.now += WINDOW + 1
    assert gate.admits("æble", "another maintainer")  # at once, when it is over


def test_nobody_waits_in_line_for_another():
    """Refusing takes no time: the wait is told, not slept."""
    gate = Gate("æble")
    start = time.monotonic()

    def guess(number):
        for _ in range(50):
            with suppress(InputError):
                gate.admits("wrong", f"sender {number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(8)))
    assert time.monotonic() - start < 1
