from .covered import Coverage as Coverage
from .covered import coverage as coverage
from .hexagons import cells as cells
from .hexagons import gathered as gathered
from .scenario import NEW as NEW
