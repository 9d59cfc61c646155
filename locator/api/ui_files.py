"""The scripts and styles of the frame and the pages, under a path that changes with them."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from locator.settings import STATIC

FOLDER = STATIC / "ui"


@dataclass(frozen=True)
class UiFiles:
    """The files of one folder."""

    folder: Path = FOLDER

    @cached_property
    def path(self) -> str:
        """Where they are served: "/ui/" and a digest of all of them, so that browsers keep them."""
        digest = blake2b(digest_size=8)
        for file in sorted(self.folder.rglob("*")):
            if file.is_file():
                digest.update(file.read_bytes())
        return f"/ui/{digest.hexdigest()}"

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """The names of the scripts that every page needs, so that none is found out late."""
        return tuple(sorted(file.name for file in self.folder.glob("*.js")))

    def text(self, name: str) -> str:
        """The text of one file."""
        return (self.folder / name).read_text(encoding="utf-8")

    def routes(self, base: str = "") -> list[BaseRoute]:
        """The routes that serve them under `base`."""
        return [Mount(base + self.path, _Kept(directory=self.folder))]


class _Kept(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, immutable, max-age=31536000"
        return response
