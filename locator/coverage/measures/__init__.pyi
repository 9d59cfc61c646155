from .figures import Values as Values
from .figures import measured as measured
from .figures import values as values
from .parameters import Parameters as Parameters
from .summaries import Share as Share
from .summaries import shares as shares
from .summaries import summary as summary
