"""The street map's tiles, as the map's frame fetches them."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from locator.map import ATTRIBUTION, CurrentTiles

_FOREVER = "public, immutable, max-age=31536000"


def tile_routes(tiles: CurrentTiles, path: str = "/tiles") -> list[BaseRoute]:
    """Routes under `path`: `tiles.json` tells of the map in use, null for none, and its tiles are
    `{z}/{x}/{y}.mvt`. A link that names the version in use never changes, so browsers keep it.
    """
    served = _Tiles(tiles)
    routes = [
        Route("/tiles.json", served.about),
        Route("/{z:int}/{x:int}/{y:int}.mvt", served.tile),
    ]
    return [Mount(path, routes=routes)]


class _Tiles:
    def __init__(self, tiles: CurrentTiles) -> None:
        self._tiles = tiles

    async def about(self, request: Request) -> Response:
        headers = {"Cache-Control": "no-cache"}
        archive = self._tiles.usable()
        if archive is None:
            return JSONResponse(None, headers=headers)
        least, most = archive.zooms
        about = {
            "version": archive.version,
            "bounds": archive.bounds,
            "minzoom": least,
            "maxzoom": most,
            "attribution": ATTRIBUTION,
        }
        return JSONResponse(about, headers=headers)

    # Not in a thread of its own: the file is in memory, handing over would take longer.
    async def tile(self, request: Request) -> Response:
        archive = self._tiles.usable()
        if archive is None:
            return Response(status_code=404)
        headers = {"ETag": f'"{archive.version}"', "Cache-Control": "no-cache"}
        if request.query_params.get("v") == archive.version:
            headers["Cache-Control"] = _FOREVER
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        asked = request.path_params
        body = archive.tile(asked["z"], asked["x"], asked["y"])
        if body is None:  # nothing to draw there, which is no failure
            return Response(status_code=204, headers=headers)
        headers["Content-Encoding"] = "gzip"
        return Response(body, media_type="application/vnd.mapbox-vector-tile", headers=headers)
