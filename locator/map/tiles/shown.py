"""What a browser is told of the street map."""

from typing import Any

from locator.language import Language
from locator.map.tiles.archive import ATTRIBUTION, TileArchive


def streets_shown(archive: TileArchive | None, path: str, t: Language) -> dict[str, Any]:
    """What the browser needs to draw the street map, or to say that there is none.

    Args:
        path: where the tiles are served.
    """
    none = {"none": t("No street map is installed here.")}
    if archive is None:
        return none
    west, south, east, north = archive.bounds
    least, most = archive.zooms
    return {
        **none,
        "url": f"{path}/{{z}}/{{x}}/{{y}}.mvt?v={archive.version}",
        "bounds": [[south, west], [north, east]],
        "least": least,
        "zoom": most,
        "lang": t.code,
        "attribution": ATTRIBUTION,
        "failed": t("Some of the street map could not be fetched."),
    }
