"""How long ago a record was last checked, and whether that is too long."""

from datetime import date, datetime

from locator.directory.record import Record

# Older than this, a record is marked: contact details of public services change about yearly.
STALE_AFTER_DAYS = 730


def is_stale(record: Record, now: datetime) -> bool:
    """Whether the last known check is older than `STALE_AFTER_DAYS`; unknown is not stale."""
    if not record.checked:
        return False
    # Where a source gives only a year or a month, its end is meant.
    parts = [int(part) for part in record.checked.split("-")]
    year, month, day = (*parts, *(12, 28)[len(parts) - 1 :])
    return (now.date() - date(year, month, day)).days > STALE_AFTER_DAYS
