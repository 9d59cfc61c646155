"""Streets, paths and ferries, and how long they take on foot, by bicycle and by car.

`building` makes a folder of arrays of a file of OpenStreetMap (`reading`, `tags`, `access`,
`assembly`, `arcs`, `grid`); `network` opens it; `snapping` joins points to edges, `search` finds
the nearest facilities, `ways` says what the way to them is like.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
