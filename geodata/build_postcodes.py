"""Make geodata/postcodes.csv: the project's table with each postcode's main municipality first.

    python -m geodata.build_postcodes ../shared/facts

Klimadatastyrelsen lists the municipalities that a postcode's area touches by their codes. Which of
them people there mean is told by the streets: of 4100 Ringsted nearly all lie in Ringsted, and only
a few of Køge, whose code comes first.
"""

import argparse
import csv
from collections import Counter, defaultdict
from pathlib import Path

from locator.files import replace_file
from locator.settings import GEODATA


def build(facts: Path, out: Path) -> None:
    """Write the table, the municipalities of each postcode by how many of its streets they have.

    Args:
        facts: the folder of postcodes.csv and streets.csv (a municipality in each row, or several
            separated by ";", or none).
    """
    streets: dict[str, Counter[str]] = defaultdict(Counter)
    for row in _rows(facts / "streets.csv"):
        codes = row["municipality_code"].split(";")
        for code in codes:
            streets[row["postcode"]][code] += 1 / len(codes)
    rows = _rows(facts / "postcodes.csv")
    with replace_file(out) as path, path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        for row in rows:
            most = streets[row["postcode"]]
            codes = sorted(row["municipality_codes"].split(";"), key=lambda code: -most[code])
            writer.writerow(row | {"municipality_codes": ";".join(codes)})


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=Path)
    build(parser.parse_args().facts, GEODATA / "postcodes.csv")
