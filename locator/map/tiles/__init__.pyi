from .archive import ATTRIBUTION as ATTRIBUTION
from .archive import CurrentTiles as CurrentTiles
from .archive import TileArchive as TileArchive
from .building import Built as Built
from .building import build_tiles as build_tiles
from .shown import streets_shown as streets_shown
