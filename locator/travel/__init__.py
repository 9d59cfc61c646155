"""How far it is: straight lines, tables of costs, and limits of either."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
