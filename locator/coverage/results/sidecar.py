"""What a result was made from: enough to make it again, and to see that nothing has changed."""

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from locator.about import packages
from locator.coverage.request import Request
from locator.coverage.results.formats import write_text
from locator.errors import DataError, InputError
from locator.settings import GEODATA

NAME = "coverage.sidecar.json"

_LIBRARIES = ("numpy", "scipy", "geopandas", "pyproj", "h3", "shapely")
_HOME = GEODATA.parent


def sha256(path: Path) -> str:
    """Of the file's bytes, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sidecar(path: Path, asked: Request, outputs: Iterable[Path]) -> None:
    """Parameters, input and output files with their SHA-256, licences, and library versions."""
    files = asked.sources.files()
    travel = asked.sources.travel
    network = set(travel.files()) if travel else set()
    own = [file for file in files if not _is_embedded(file) and file not in network]
    sources = [
        {"title": p.title, "sources": p.sources, "licence": p.licence, "date": p.date}
        for p in packages()
    ]
    sources += [
        {
            "title": file.name,
            "sources": "the analyst's own file",
            "licence": asked.licence or "not stated (--licence)",
            "date": "",
        }
        for file in own
    ]
    sources += travel.sources() if travel else []
    described = {
        "command": "coverage",
        "parameters": asked.to_json(),
        "inputs": {_label(file): sha256(file) for file in files},
        "outputs": {file.name: sha256(file) for file in outputs},
        "sources": sources,
        "libraries": {name: version(name) for name in _LIBRARIES},
    }
    write_text(path, json.dumps(described, ensure_ascii=False, indent=1) + "\n")


def read_sidecar(path: Path) -> Request:
    """The request of a sidecar whose input files are still the same.

    A file that is no longer where it was is looked for beside the sidecar.

    Raises:
        InputError: no such sidecar.
        DataError: an input file has changed or is gone.
    """
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
        inputs, parameters = described["inputs"], described["parameters"]
        moved = {name: str(_find(name, digest, path.parent)) for name, digest in inputs.items()}
        parameters["sources"] = {
            field: moved.get(value, value) if isinstance(value, str) else value
            for field, value in parameters["sources"].items()
        }
        asked = Request.from_json(parameters)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, DataError):
            raise
        raise InputError(
            "{path} is no sidecar of coverage: give the file {name} of an export.",
            path=path,
            name=NAME,
        ) from error
    if len(asked.sources.files()) != len(inputs):
        raise DataError(
            "This result was made from {count} files, and would be from {now} today: put back what "
            "is gone, and take away what was added to the directory, its imports or edits.",
            count=len(inputs),
            now=len(asked.sources.files()),
        )
    return asked


def _find(name: str, digest: str, beside: Path) -> Path:
    for file in (_HOME / name, beside / Path(name).name):  # an absolute name stays as it is
        if file.is_file() and sha256(file) == digest:
            return file
    raise DataError(
        "{file} has changed or is gone since this result was made: put the file with "
        "SHA-256 {digest} back, there or beside the sidecar, to make the same again.",
        file=name,
        digest=digest,
    )


def _is_embedded(file: Path) -> bool:
    return file.resolve().is_relative_to(GEODATA)


def _label(file: Path) -> str:
    whole = file.resolve()
    return whole.relative_to(_HOME).as_posix() if _is_embedded(file) else str(whole)
