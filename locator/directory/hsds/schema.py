"""The tables of the Human Services Data Specification 3.0, as its own data package has them.

`geodata/hsds_3.0.json` is Open Referral's package (https://docs.openreferral.org/, CC BY-SA 4.0).
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from locator.settings import GEODATA

Row = dict[str, str]
Tables = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        name: in the singular, "service".
        file: of the tabular form, "services.csv".
        types: each column's type ("string", "number", "date", ...), in order of the columns.
        references: for each column that is a foreign key, the table it points to.
    """

    name: str
    file: str
    types: dict[str, str]
    references: dict[str, str]


@cache
def descriptor() -> dict[str, Any]:
    """The data package's descriptor, as Open Referral publishes it."""
    text = (GEODATA / "hsds_3.0.json").read_text(encoding="utf-8")
    package: dict[str, Any] = json.loads(text)
    return package


@cache
def tables() -> dict[str, Table]:
    """All tables by name."""
    return {
        resource["name"]: Table(
            name=resource["name"],
            file=resource["path"],
            types={field["name"]: field["type"] for field in resource["schema"]["fields"]},
            references={
                key["fields"]: key["reference"]["resource"]
                for key in resource["schema"].get("foreignKeys", ())
            },
        )
        for resource in descriptor()["resources"]
    }
