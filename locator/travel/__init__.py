"""How far it is: straight lines, tables of costs, streets, timetables, and limits of them."""

import lazy_loader

from locator.settings import keep_compiled_code

keep_compiled_code()  # before any module here reads numba

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
