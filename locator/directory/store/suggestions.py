"""Suggestions that wait for review, and how many anyone may send."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path

from locator.directory.store import contract
from locator.directory.store.contract import LONGEST_SUGGESTION, Suggestion
from locator.directory.store.journal import append_line, read_lines, rewrite
from locator.errors import InputError
from locator.language import plain

SUGGESTIONS = "suggestions.jsonl"


class SuggestionBox:
    """The suggestions in a data folder.

    Args:
        folder: where their file is, or will be. Whoever changes it has locked it.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / SUGGESTIONS

    def all(self) -> list[Suggestion]:
        """The oldest first."""
        return [Suggestion(**line) for line in read_lines(self._file)]

    def add(self, when: str, record: str, text: str, who: str, sender: str) -> None:
        """Keep one, as `Store.suggest` has it."""
        text = plain(text).strip()
        if not text or len(text) > LONGEST_SUGGESTION:
            raise InputError(
                "Write what should be corrected, in at most {limit} characters.",
                limit=LONGEST_SUGGESTION,
            )
        waiting = self.all()
        sent = Counter(one.sender for one in waiting)
        if sent[sender] >= contract.MOST_OF_ONE_SENDER:
            raise InputError("Your earlier suggestions wait for review: try again later.")
        fresh = Suggestion(when, plain(record)[:120], text, plain(who).strip()[:200], sender)
        if len(waiting) < contract.MOST_SUGGESTIONS:
            append_line(self._file, asdict(fresh))
            return
        self._write([*_with_room(waiting, sent, sender), fresh])

    def remove(self, suggestion: Suggestion) -> None:
        """Take one off."""
        self._write([one for one in self.all() if one != suggestion])

    def _write(self, suggestions: list[Suggestion]) -> None:
        rewrite(self._file, map(asdict, suggestions))


def _with_room(waiting: list[Suggestion], sent: Counter[str], sender: str) -> list[Suggestion]:
    """All but the latest of whoever sent most, so that nobody shuts the others out.

    Raises:
        InputError: nobody has sent more than this sender.
    """
    ((most, count),) = sent.most_common(1)
    if count <= sent[sender] + 1:
        raise InputError("Too many suggestions wait for review: try again later.")
    latest = max(at for at, one in enumerate(waiting) if one.sender == most)
    return waiting[:latest] + waiting[latest + 1 :]
