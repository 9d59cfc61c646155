"""Measuring on a Dask cluster that exists: the same work on the same parts, elsewhere.

Workers need this package and see the files under the same paths. The work, with the facilities in
it, goes to the cluster once; parts are given out a few at a time and come back in order. A worker
that is lost costs the time to do its parts again.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from locator.coverage.inputs import Part, Run
from locator.errors import InputError, OutageError

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")

_TIMEOUT = 15.0  # seconds to find the scheduler
_AHEAD = 2  # parts given out for each thread of a worker
_RETRIES = 3  # of a part whose worker failed


@contextmanager
def running(scheduler: str | None) -> Iterator[Run[Any]]:
    """What applies work to parts: `map` on this machine, or the cluster at "tcp://HOST:PORT".

    Raises:
        InputError: Dask is not installed.
        OutageError: no scheduler there, no workers, or a part that no worker survives.
    """
    if scheduler is None:
        yield map
        return
    with _connected(scheduler) as client:
        yield partial(_run, client)


@contextmanager
def _connected(scheduler: str) -> Iterator["Client"]:
    # Only those who have a cluster wait for Dask to load.
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError(
            "Measuring on a cluster needs Dask: pip install distributed, here and on every worker."
        ) from error
    try:
        client = Client(scheduler, timeout=_TIMEOUT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise OutageError(
            "There is no Dask scheduler at {address}: start one with `dask scheduler` and workers "
            "with `dask worker {address}`.",
            address=scheduler,
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_TIMEOUT)
        except TimeoutError as error:
            raise OutageError(
                "The scheduler at {address} has no workers: start some with "
                "`dask worker {address}`.",
                address=scheduler,
            ) from error
        yield client


def _run(client: "Client", work: Callable[[Part], T], parts: Sequence[Part]) -> Iterator[T]:
    """The work of each part, in order; a few parts ahead of those that are done."""
    from distributed.scheduler import KilledWorker

    held = client.submit(_same, work, pure=False)
    ahead = _AHEAD * max(1, sum(client.nthreads().values()))
    waiting = deque[Any]()
    try:
        for part in parts:
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
            waiting.append(client.submit(_apply, held, part, pure=False, retries=_RETRIES))
        while waiting:
            yield waiting.popleft().result()
    except KilledWorker as error:
        raise OutageError(
            "A part of the demand ended {count} workers, perhaps for want of memory: save the "
            "demand in smaller row groups, or give the workers more memory.",
            count=_RETRIES + 1,
        ) from error
    finally:
        client.cancel(list(waiting))


def _same(work: T) -> T:
    """On the cluster, so that a lost copy is made again."""
    return work


def _apply(work: Callable[[Part], T], part: Part) -> T:
    return work(part)
