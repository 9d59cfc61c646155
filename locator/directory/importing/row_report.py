"""What became of one row of a spreadsheet."""

from dataclasses import dataclass

from locator.directory.record import Record
from locator.notes import Note


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of one row.

    Attributes:
        line: the row of the spreadsheet, the header being row 1.
        cells: the row as it stands.
        record: None where the row cannot be used at all.
        doubts: why it must not be taken unseen: something in it is wrong, or may be.
        notes: what there is to say beside.
    """

    line: int
    cells: tuple[str, ...]
    record: Record | None
    doubts: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether it can be written as it is."""
        return self.record is not None and not self.doubts
