"""The records: what they are, whether they are right, and how they come in and go out."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
