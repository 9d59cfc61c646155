"""What the program has to tell a person beside an answer."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """A thing to tell the person: an English template (the gettext msgid) and its values."""

    template: str
    values: dict[str, str] = field(default_factory=dict)

    def text(self, translate: Callable[[str], str] = str) -> str:
        """The filled-in note, its template first passed through `translate`."""
        return translate(self.template).format(**self.values)
