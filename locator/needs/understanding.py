"""What a line means: a need, a service by name, a place, a number to call, or two together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from locator.directory import Directory
from locator.earth import Precision
from locator.errors import LocatorError
from locator.geocoding import Answer, Confidence, Finder, Question
from locator.language import LONGEST, clean, key
from locator.needs.crisis_lines import Crisis, crises
from locator.needs.meaning import Meaning, What
from locator.needs.numbers import services_called
from locator.needs.ranking import SAME, Ranked, ranked
from locator.needs.services import is_meant, names_of
from locator.needs.vectors import Meanings
from locator.needs.vectors import meanings as vectors_known
from locator.notes import Note
from locator.places import find_place, names, postcodes

_NEEDS, _SERVICES = 5, 5  # shown
_TOWN_WORDS = 3  # that a town's name may have in a line that says something else too
_SHORTEST_TOWN = 3  # letters
_SHORT = 5  # words of an address, also one abroad
_LIKE = 0.6  # of a single word beside a town and a phrase
_DOUBT = 0.25  # of score
_MISSPELT = "sucide"  # for which all words that are no misspelt ones are read
_QUESTIONS = {Question.WHICH: 0.9, Question.COMPLETE: 0.5, Question.DID_YOU_MEAN: 0.3}
_CONFIDENCE = {Confidence.A: 1.0, Confidence.B: 0.8, Confidence.C: 0.6}


def prepare(directory: Directory, *, vectors: bool) -> None:
    """Read what every question needs, which takes seconds, before the first one is asked."""
    ranked("hello", None, vectors_known() if vectors else None)
    crises(_MISSPELT)
    names_of(directory)


class Interpreter:
    """Understands what people write in the one field there is.

    Args:
        finder: of places.
        directory: whose services are known by name and number.
        meanings: what vectors know, None to do without.
    """

    def __init__(self, finder: Finder, directory: Directory, meanings: Meanings | None) -> None:
        self._finder = finder
        self._directory = directory
        self._meanings = meanings

    def understand(self, text: str, lang: str | None = None) -> list[Meaning]:
        """What the text may mean, the likeliest first; [] where nothing of it is understood.

        A crisis comes before all else. Of a line that names a need and a place, both are
        confident. Nothing of the text is kept.

        Args:
            text: as typed; the first 200 characters are read.
            lang: tag of the page's language; the text may be in any other.
        """
        line = clean(text[: 4 * LONGEST])[:LONGEST]
        if not line:
            return []
        called = self._numbers(line)
        place = self._place(line)
        if called and not (place and place.confident and len(line) > _TOWN_WORDS + 1):
            return [*called, *_only(place)]
        if place and place.score == _CONFIDENCE[Confidence.A] and not _is_need_too(line, lang):
            return [place, *self._services(line)]
        rest, town = self._parted(line)
        likeness = _LIKE if rest.isalpha() else 0.0  # a single word may be a street's
        numbered = any(c.isdigit() for c in rest or line)
        address = numbered and len(line.split()) <= _SHORT
        if address or (place and (not town or numbered)):
            likeness = SAME
        needs = self._needs(rest or line, lang, likeness, address=address)
        # Services bear the Danish name of their town.
        danish = f"{rest} {town.id}" if town and not line.isascii() else line
        services = self._services(line, danish)
        if place and any(one.score == 1.0 for one in services):
            place = _unless_begun(place)
        if town and any(one.confident for one in (*needs, *services)):
            place = town
        return _ordered(needs, services, place)

    def _needs(
        self, line: str, lang: str | None, likeness: float, *, address: bool
    ) -> list[Meaning]:
        """The kinds of help, those of a crisis first.

        Args:
            likeness: of a phrase, that is needed to be sure of its kind.
            address: whether the line looks like one.
        """
        found = ranked(line, lang, self._meanings)
        if not found:
            return []
        by_kind = {one.kind: one for one in found}
        urgent = _likeliest(crises(line, lang, address=address), by_kind)
        needs = [_need(by_kind[kind], line, crisis=True) for kind in _first(urgent)]
        for one in found[:_NEEDS]:
            if one.kind not in {need.id for need in needs}:
                unsure = one.like < likeness
                needs.append(
                    _need(one, line, confident=one.confident and not urgent and not unsure)
                )
        return needs[:_NEEDS]

    def _services(self, line: str, danish: str = "") -> list[Meaning]:
        """The services named in a line, or in `danish`: the same with its town in Danish."""
        why = Note("A name in the directory")
        return [
            Meaning(What.SERVICE, record.id, score, is_meant(score), why, line)
            for record, score in names_of(self._directory).found(danish or line, _SERVICES)
        ]

    def _numbers(self, line: str) -> list[Meaning]:
        found: dict[str, Meaning] = {}
        for number, record in services_called(line, self._directory):
            why = Note("Number of {name}", {"name": record.name})
            found.setdefault(number, Meaning(What.NUMBER, number, 1.0, True, why, line))
        return list(found.values())

    def _place(self, line: str) -> Meaning | None:
        try:
            answer = self._finder.answer(line)
        except LocatorError:
            return None
        return _place(answer, line)

    def _parted(self, line: str) -> tuple[str, Meaning | None]:
        """What is left of a line without the town or postcode in it, and that; ("", None)."""
        for rest, name in _parts(line.split()):
            if name in postcodes() or (len(name) >= _SHORTEST_TOWN and _is_name(name)):
                place = self._place(name)
                if place and place.confident:
                    return rest, place
        return "", None


def _parts(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(the rest, what may be a town) of a line, longer names first, those at its end first."""
    for count in range(min(_TOWN_WORDS, len(words) - 1), 0, -1):
        yield " ".join(words[:-count]), " ".join(words[-count:]).strip(".,!?")
        yield " ".join(words[count:]), " ".join(words[:count]).strip(".,!?")


def _is_name(name: str) -> bool:
    return key(name) in names() and find_place(name, slips=False) is not None


def _place(answer: Answer, line: str) -> Meaning | None:
    if answer.question:
        score = _QUESTIONS[answer.question]
        first = answer.alternatives[0] if answer.alternatives else answer
        # The beginning of a town's or a station's name; streets begin as everything does.
        begun = answer.question is Question.COMPLETE and not _begins_street(first, line)
        sure = answer.question is Question.WHICH or begun
        why = Note("Several places may be meant")
        return Meaning(What.PLACE, first.address, score, sure, why, line)
    if answer.precision is Precision.COUNTRY:
        return None
    score = _CONFIDENCE[answer.confidence]
    why = Note("A place in Denmark")
    return Meaning(What.PLACE, answer.address, score, score >= _CONFIDENCE[Confidence.C], why, line)


def _begins_street(answer: Answer, line: str) -> bool:
    return bool(answer.street) and key(answer.street).startswith(key(line))


def _unless_begun(place: Meaning) -> Meaning:
    """The place, less sure where the line is only the beginning of its name."""
    begun = place.score == _QUESTIONS[Question.COMPLETE]
    return replace(place, confident=False) if begun else place


def _need(one: Ranked, line: str, *, crisis: bool = False, confident: bool = True) -> Meaning:
    why = Note("Because you wrote “{words}”", {"words": line})
    score = 1.0 if crisis else min(one.score, 1.0)
    return Meaning(What.NEED, one.kind, score, crisis or confident, why, line, crisis)


def _likeliest(found: Sequence[Crisis], by_kind: Mapping[str, Ranked]) -> list[Crisis]:
    """Crises whose phrases are about as long in the order of their first kinds' scores.

    Words in any order do not tell who hits whom: in doubt it is the one who writes that is hit.
    """
    most = max((one.words for one in found), default=0)
    doubt = {"uses_violence": _DOUBT}

    def order(one: Crisis) -> tuple[bool, float]:
        score = by_kind[one.kinds[0]].score - doubt.get(one.name, 0.0)
        return one.words < most - 1, -score

    return sorted(found, key=order)


def _first(urgent: Sequence[Crisis]) -> list[str]:
    """The kinds of the first crisis, then those of the others."""
    return list(dict.fromkeys(kind for crisis in urgent for kind in crisis.kinds))


def _is_need_too(line: str, lang: str | None) -> bool:
    """Whether a line that is a place's name is also a phrase for a need."""
    return any(one.like >= SAME for one in ranked(line, lang, None)[:1])


def _only(place: Meaning | None) -> list[Meaning]:
    return [place] if place else []


def _ordered(needs: list[Meaning], services: list[Meaning], place: Meaning | None) -> list[Meaning]:
    """All meanings: a crisis first, then what is sure, needs before places before services."""
    order = {What.NEED: 0, What.PLACE: 1, What.SERVICE: 2, What.NUMBER: 3}
    return sorted(
        [*needs, *services, *_only(place)],
        key=lambda one: (
            not one.crisis,
            not one.confident,
            order[one.what] if one.confident else 0,
            -one.score,
            order[one.what],
        ),
    )
