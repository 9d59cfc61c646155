"""What the map's frame fetches: Leaflet, our script, the base map, its shore, names of streets."""

from functools import cache
from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from locator.geocoding import CurrentIndex
from locator.language import script_json
from locator.map import ASSETS, StreetNames, base_map, shore_cell


def map_routes(addresses: CurrentIndex, path: str = "/map") -> list[BaseRoute]:
    """Routes under `path`; names of streets are those of the index in use at each request."""
    names = _Names(addresses)
    files = StaticFiles(directory=ASSETS, packages=[("xstatic.pkg.leaflet", "data")])
    routes = [
        Route("/basemap.json", _base_map),
        Route("/shore/{row:int}_{column:int}.json", _shore),
        Route("/streets/{row:int}_{column:int}.json", names.cell),
        Mount("/", files),
    ]
    return [Mount(path, routes=routes)]


def _base_map(request: Request) -> Response:
    return _json(request, _base_map_text())


@cache
def _base_map_text() -> str:
    return script_json(base_map())


def _shore(request: Request) -> Response:
    cell = shore_cell(request.path_params["row"], request.path_params["column"])
    return _json(request, script_json(cell))


class _Names:
    """Names of streets of the index in use, sorted again when another takes its place."""

    def __init__(self, addresses: CurrentIndex) -> None:
        self._addresses = addresses
        self._names = StreetNames(None)

    def cell(self, request: Request) -> Response:
        index = self._addresses.index()
        names = self._names
        if names.index is not index:
            names = self._names = StreetNames(index)
        row, column = request.path_params["row"], request.path_params["column"]
        return _json(request, script_json(names.cell(row, column)))


def _json(request: Request, text: str) -> Response:
    """JSON that a browser keeps, and asks of whether it changed."""
    body = text.encode()
    headers = {
        "ETag": f'"{blake2b(body, digest_size=12).hexdigest()}"',
        "Cache-Control": "no-cache",
    }
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
