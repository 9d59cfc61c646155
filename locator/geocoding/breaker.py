"""A circuit breaker: leave a service in peace that has just failed several times.

Own code, since pybreaker 1.4 holds a lock for as long as a call lasts: one slow answer would make
everybody else wait.
"""

import time
from collections.abc import Callable
from threading import Lock


class Breaker:
    """Opens at `failures` in a row; after `rest` seconds lets one call through to try.

    Args:
        clock: seconds from any start, never backwards.
    """

    def __init__(
        self, failures: int = 3, rest: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._rest, self._clock = failures, rest, clock
        self._failed = 0
        self._closed_until = 0.0
        self._lock = Lock()

    def lets_through(self) -> bool:
        """Whether to call now. Report how it went with `succeeded` or `failed`."""
        with self._lock:
            if self._failed < self._most:
                return True
            if self._clock() < self._closed_until:
                return False
            self._closed_until = self._clock() + self._rest  # one tries, the others go on waiting
            return True

    def succeeded(self) -> None:
        """The service answered; a refusal is an answer too."""
        with self._lock:
            self._failed = 0

    def failed(self, rest: float | None = None) -> None:
        """The service did not answer; `rest` is how many seconds it asked to be left alone."""
        with self._lock:
            self._failed += 1
            if rest is not None:
                self._failed = max(self._failed, self._most)
            if self._failed >= self._most:
                self._closed_until = self._clock() + max(rest or 0.0, self._rest)
