"""Offline first; a service on the internet only where operator and person both want it."""

import time
from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from cachetools import TTLCache

from locator.earth import Precision
from locator.errors import InputError, NotFoundError, OutageError, RefusedError
from locator.geocoding.answer import Answer, Confidence
from locator.geocoding.breaker import Breaker
from locator.geocoding.finder import Finder
from locator.language import clean
from locator.notes import Note
from locator.settings import Settings

if TYPE_CHECKING:
    from locator.geocoding.online import OnlineGeocoder


def _adressevaelger(operator: Settings) -> "OnlineGeocoder":
    from locator.geocoding.adressevaelger import Adressevaelger

    return Adressevaelger(token=operator.adressevaelger_token)


def _photon(operator: Settings) -> "OnlineGeocoder":
    from locator.geocoding.photon import Photon

    return Photon()


# Each is read when it is enabled only: whoever asks nobody does not wait for what asking needs.
SERVICES: "dict[str, Callable[[Settings], OnlineGeocoder]]" = {
    "adressevaelger": _adressevaelger,
    "photon": _photon,
}
LIMIT = 5.0  # seconds that a person waits for a service, retries and all

_ATTEMPTS = 2
_CACHED = 2048  # answers
_KEPT = 3600.0  # seconds

_RANK = {precision: rank for rank, precision in enumerate(Precision)}


class Chain:
    """The offline geocoder, and behind it one service for what it does not know to the door.

    What a person asks a service is kept in memory only (the last 2,048 questions for an hour) and
    is never logged.

    Args:
        offline: always asked first.
        online: the service that the operator enabled, None for none.
        limit: seconds for a service's answer, retries and all.
        breaker: opens after failures in a row, so that an outage costs nobody the wait.
    """

    def __init__(
        self,
        offline: Finder,
        online: "OnlineGeocoder | None" = None,
        *,
        limit: float = LIMIT,
        breaker: Breaker | None = None,
    ) -> None:
        self.offline = offline
        self.online = online
        self._limit = limit
        self._breaker = breaker or Breaker()
        self._cache: TTLCache[str, Answer | NotFoundError | RefusedError] = TTLCache(_CACHED, _KEPT)
        self._lock = Lock()

    @property
    def service(self) -> str:
        """The name of the enabled service, to ask the person about; "" where there is none."""
        return self.online.service if self.online else ""

    def answer(self, text: str, *, agreed: bool = False) -> Answer:
        """The offline answer, or the service's where that is more precise or surer.

        Args:
            text: an address, street, postcode, place, or "LAT,LON" in degrees.
            agreed: the person agreed, in the page, that the text is sent to `service`.

        Raises:
            InputError: nothing was written.
            NotFoundError: nobody knows it.
            OutageError: nothing is known offline, and the service does not answer.
        """
        offline = self._offline(text)
        enough = isinstance(offline, Answer) and _is_enough(offline)
        if enough or not (self.online and agreed):
            return _answer_or_raise(offline)
        try:
            online = self._online(self.online, text)
        except (NotFoundError, RefusedError):
            return _answer_or_raise(offline)
        except OutageError as outage:
            if not isinstance(offline, Answer):
                raise
            shown = {name: str(value) for name, value in outage.values.items()}
            return replace(offline, notes=(*offline.notes, Note(outage.template, shown)))
        return max(offline, online, key=_goodness) if isinstance(offline, Answer) else online

    def _offline(self, text: str) -> Answer | NotFoundError:
        try:
            return self.offline.answer(text)
        except NotFoundError as error:
            return error

    def _online(self, geocoder: "OnlineGeocoder", text: str) -> Answer:
        question = clean(text)
        with self._lock:
            known = self._cache.get(question)
        if known is None:
            known = self._asked(geocoder, question)
            with self._lock:
                self._cache[question] = known
        return _answer_or_raise(known)

    def _asked(
        self, geocoder: "OnlineGeocoder", text: str
    ) -> Answer | NotFoundError | RefusedError:
        """What the service says, a "no" being an answer to keep too.

        Raises:
            OutageError: it says nothing of use, or is left in peace after failures.
        """
        if not self._breaker.lets_through():
            raise OutageError(
                "{service} has failed several times and is not asked for a while. Try again "
                "later, or go on without it.",
                service=geocoder.service,
            )
        try:
            found: Answer | NotFoundError | RefusedError = self._tried(geocoder, text)
        except (NotFoundError, RefusedError) as answered:
            found = type(answered)(answered.template, **answered.values)
        except OutageError as outage:
            self._breaker.failed(_retry_after(outage))
            raise
        self._breaker.succeeded()
        return found

    def _tried(self, geocoder: "OnlineGeocoder", text: str) -> Answer:
        from tenacity import (
            Retrying,
            retry_if_exception,
            stop_after_attempt,
            wait_exponential_jitter,
        )

        from locator.geocoding.online import TIMEOUT

        until = time.monotonic() + self._limit
        wait = wait_exponential_jitter(multiplier=0.2, max=1.0, jitter=0.2)

        def worth_it(error: BaseException) -> bool:
            soon = isinstance(error, OutageError) and _retry_after(error) is None
            return soon and time.monotonic() + wait.max < until

        def once() -> Answer:
            left = until - time.monotonic()
            # An answer is two requests at the least.
            return geocoder.answer(text, timeout=min(TIMEOUT, max(left / 2, 0.1)))

        attempts = Retrying(
            stop=stop_after_attempt(_ATTEMPTS),
            wait=wait,
            retry=retry_if_exception(worth_it),
            reraise=True,
        )
        return attempts(once)


def chain(operator: Settings) -> Chain:
    """The chain as the operator has set it up; without a service nothing is ever sent.

    Raises:
        InputError: `operator.online` names no known service.
    """
    name = operator.online
    if name and name not in SERVICES:
        raise InputError(
            "NAERVED_ONLINE is “{name}”: set it to {known}, or unset it to stay offline.",
            name=name,
            known=" or ".join(SERVICES),
        )
    online = SERVICES[name](operator) if name else None
    return Chain(Finder(operator.addresses), online)


def _answer_or_raise(found: Answer | NotFoundError | RefusedError) -> Answer:
    if isinstance(found, Answer):
        return found
    # A new one: a kept exception would collect the frames of everybody who met it.
    raise type(found)(found.template, **found.values)


def _retry_after(outage: OutageError) -> float | None:
    seconds = outage.values.get("retry_after")
    return float(seconds) if isinstance(seconds, int | float) else None


def _is_enough(answer: Answer) -> bool:
    """Whether no service could do better: a point, a door for sure, or all that was asked for."""
    if answer.precision is Precision.POINT:
        return True
    return answer.confidence is not Confidence.C and (
        answer.precision is Precision.ADDRESS or not answer.notes
    )


def _goodness(answer: Answer) -> tuple[int, bool, int]:
    """To compare two answers: precision first, then whether it is one, then how sure."""
    confidence = list(Confidence).index(answer.confidence)
    return -_RANK[answer.precision], not answer.alternatives, -confidence
