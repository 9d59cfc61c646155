"""The street map: vector tiles made of an extract of OpenStreetMap, in one PMTiles file.

`building` makes the file (`kinds` says what is drawn, `reading` reads it, `shore` tells land from
sea); `archive` reads tiles out of it.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
