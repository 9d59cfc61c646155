"""The file of an address index: named arrays after a JSON head, read through memory mapping.

8 bytes   b"NAERVED1"
8 bytes   length of the head, little-endian
head      JSON: {"about": {...}, "columns": {name: [dtype, shape, offset]}}
columns   each from a multiple of 64 bytes after the head
"""

import json
import mmap
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from locator.errors import DataError
from locator.files import replace_file

Array = npt.NDArray[Any]
Columns = dict[str, Array]

_MAGIC = b"NAERVED1"
_STEP = 64


def write(path: Path, columns: Columns, about: dict[str, Any]) -> None:
    """Write the index in one step: whoever reads `path` sees the old file or the new, whole."""
    layout: dict[str, list[Any]] = {}
    offset = 0
    for name, column in columns.items():
        layout[name] = [column.dtype.str, list(column.shape), offset]
        offset += -(-column.nbytes // _STEP) * _STEP
    head = json.dumps({"about": about, "columns": layout}, ensure_ascii=False).encode()
    head += b" " * (-(len(_MAGIC) + 8 + len(head)) % _STEP)
    with replace_file(path) as temporary, temporary.open("wb") as file:
        file.write(_MAGIC + len(head).to_bytes(8, "little") + head)
        for column in columns.values():
            data = np.ascontiguousarray(column).tobytes()
            file.write(data + bytes(-len(data) % _STEP))


def read(path: Path) -> tuple[Columns, dict[str, Any]]:
    """The columns, mapped and not read, and what the file says about itself.

    Raises:
        DataError: the file is no address index, or is damaged.
    """
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if data[: len(_MAGIC)] != _MAGIC:
            raise ValueError("no index")
        start = len(_MAGIC) + 8
        size = int.from_bytes(data[len(_MAGIC) : start], "little")
        head = json.loads(data[start : start + size])
        columns = {
            name: np.frombuffer(
                data, np.dtype(dtype), int(np.prod(shape)), start + size + offset
            ).reshape(shape)
            for name, (dtype, shape, offset) in head["columns"].items()
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            "{path} is no address index, or is damaged. Build it again: "
            "python -m locator addresses build FILE.",
            path=path,
        ) from error
    return columns, head["about"]
