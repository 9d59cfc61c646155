"""Taking the tables of a package apart into one bundle for each service at a location."""

from collections import defaultdict
from collections.abc import Iterator

from locator.directory.hsds.schema import Row, Tables, tables

# Owners of a row: what it must not belong to elsewhere to be part of a bundle.
_OWNERS = ("service_at_location", "service", "location")
_KEYS = ("service_at_location", "service", "location", "organization", "contact", "phone")
_OWNED = (
    "contact",
    "phone",
    "address",
    "schedule",
    "funding",
    "service_area",
    "required_document",
    "language",
    "accessibility",
    "cost_option",
    "organization_identifier",
)


class Bundles:
    """The services of a package, each with all rows that belong to it.

    Args:
        content: all tables of a package.
    """

    def __init__(self, content: Tables) -> None:
        self._content = content
        self._by_id = {name: {row["id"]: row for row in rows} for name, rows in content.items()}
        self._by_key: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for name, rows in content.items():
            columns = [f"{key}_id" for key in _KEYS if f"{key}_id" in tables()[name].types]
            columns += [c for c in ("link_id", "resource_id") if c in tables()[name].types]
            for row in rows:
                for column in columns:
                    if row.get(column):
                        self._by_key[name, column, row[column]].append(row)
        self._used: set[tuple[str, str]] = set()

    def __iter__(self) -> Iterator[Tables]:
        for service in self._content.get("service", ()):
            places = self._by_key["service_at_location", "service_id", service["id"]]
            for place in (*places,) or (None,):
                bundle = self._bundle(service, place)
                self._used.update((name, row["id"]) for name in bundle for row in bundle[name])
                yield bundle

    def unattached(self) -> Tables:
        """The rows of no service; whole only after all bundles were taken."""
        rest = {
            name: [row for row in rows if (name, row["id"]) not in self._used]
            for name, rows in self._content.items()
        }
        return {name: rows for name, rows in rest.items() if rows}

    def _bundle(self, service: Row, place: Row | None) -> Tables:
        bundle: Tables = {"service": [service]}
        if place:
            bundle["service_at_location"] = [place]
            self._add(bundle, "location", place.get("location_id", ""))
        self._add(bundle, "organization", service.get("organization_id", ""))
        self._add(bundle, "program", service.get("program_id", ""))
        for name in _OWNED:
            rows = self._owned(bundle, name)
            if rows:
                bundle[name] = rows
        for name, column in (("attribute", "link_id"), ("metadata", "resource_id")):
            rows = [r for n in self._numbers(bundle) for r in self._by_key[name, column, n]]
            if rows:
                bundle[name] = rows
        for row in bundle.get("attribute", ()):
            self._add(bundle, "taxonomy_term", row.get("taxonomy_term_id", ""))
        for row in bundle.get("taxonomy_term", ()):
            self._add(bundle, "taxonomy", row.get("taxonomy_id", ""))
        return bundle

    def _add(self, bundle: Tables, name: str, number: str) -> None:
        row = self._by_id.get(name, {}).get(number)
        if row and row not in bundle.get(name, ()):
            bundle.setdefault(name, []).append(row)

    def _owned(self, bundle: Tables, name: str) -> list[Row]:
        """Rows that point to the bundle, and not to another service or place too."""
        rows = {
            row["id"]: row
            for key in _KEYS
            for one in bundle.get(key, ())
            for row in self._by_key.get((name, f"{key}_id", one["id"]), ())
        }
        return [row for row in rows.values() if not self._belongs_elsewhere(row, bundle)]

    def _belongs_elsewhere(self, row: Row, bundle: Tables) -> bool:
        return any(
            row.get(f"{owner}_id", "") in self._by_id.get(owner, {})
            and all(row[f"{owner}_id"] != one["id"] for one in bundle.get(owner, ()))
            for owner in _OWNERS
        )

    @staticmethod
    def _numbers(bundle: Tables) -> list[str]:
        return list(dict.fromkeys(row["id"] for rows in bundle.values() for row in rows))
