"""Who may edit: those who know the operator's secret. Guessing it gets ever slower.

After each wrong secret its sender is refused for a while, twice as long each time, without a look
at what they try. Where many were wrong of late, whoever comes anew is made to wait first, too, so
that it is no use to come as somebody else; nobody's wait depends on what the others do after it
began, so guessing shuts no maintainer out for longer than `LONGEST_FIRST`.
"""

import hmac
import math
import time
from collections import deque
from collections.abc import Callable
from threading import Lock

from cachetools import LRUCache

from locator.errors import InputError

FIRST = 1.0  # seconds after the first wrong secret
LONGEST = 3600.0  # seconds
LONGEST_FIRST = 60.0  # seconds before the first try of all, under attack
MANY = 20  # wrong secrets within `WINDOW`: more than maintainers mistype
WINDOW = 3600.0  # seconds

_SENDERS = 10_000  # remembered


class Gate:
    """The secret and all that was tried of late; for many threads at once.

    Args:
        secret: the operator's; "" lets nobody in.
        clock: seconds that never go back.
    """

    def __init__(self, secret: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._secret = secret.encode()
        self._clock = clock
        self._lock = Lock()
        self._wrong: deque[float] = deque(maxlen=1000)
        # Of each sender: how many were wrong, and from when on the next is looked at.
        self._senders: LRUCache[str, tuple[int, float]] = LRUCache(_SENDERS)

    @property
    def is_there(self) -> bool:
        """Whether anyone may edit at all."""
        return bool(self._secret)

    def admits(self, secret: str, sender: str) -> bool:
        """Whether `secret` is the operator's; comparing takes as long for any wrong one.

        Args:
            sender: an opaque name of the session.

        Raises:
            InputError: it is too soon after a wrong one; says how long to wait.
        """
        with self._lock:
            now = self._clock()
            count, until = self._senders.get(sender) or (0, now + self._first_wait(now))
            self._senders[sender] = count, until
            if now < until:
                raise InputError(
                    "Wait {seconds} s, then try again.", seconds=math.ceil(until - now)
                )
            if self._secret and hmac.compare_digest(secret.encode(), self._secret):
                del self._senders[sender]
                return True
            self._wrong.append(now)
            wait = min(FIRST * 2.0 ** min(count, 60), LONGEST)
            self._senders[sender] = count + 1, now + wait
            return False

    def _first_wait(self, now: float) -> float:
        while self._wrong and self._wrong[0] <= now - WINDOW:
            self._wrong.popleft()
        beyond = len(self._wrong) - MANY
        return min(2.0 ** min(beyond, 60), LONGEST_FIRST) if beyond >= 0 else 0.0
