"""Tables that people bring: CSV as any program writes it, or a workbook; one reader for all."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
