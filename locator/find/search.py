"""What a person looks for, apart from where."""

from dataclasses import dataclass

# Metres; 0 stands for the whole country.
RADII = (1_000, 2_000, 5_000, 10_000, 25_000, 50_000, 0)


DEFAULT_RADIUS = 10_000


@dataclass(frozen=True, slots=True)
class Search:
    """What a person looks for.

    Attributes:
        group: id of a group of categories, "" for all.
        categories: ids of categories; empty for the whole group.
        within: radius in metres, 0 for the whole country.
        open_now: leave out what is known to be closed now.
        free: only what is known to cost nothing.
        language: ISO 639-1 code that must be spoken, "" for any.
        wheelchair: only what is known to be accessible with a wheelchair.
    """

    group: str = ""
    categories: tuple[str, ...] = ()
    within: int = DEFAULT_RADIUS
    open_now: bool = False
    free: bool = False
    language: str = ""
    wheelchair: bool = False
