"""Where help would be best placed: covering, median and center problems on a cost table.

A fast heuristic answers at once; an exact solution, with its proof, comes from HiGHS on demand.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
