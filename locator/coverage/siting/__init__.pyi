from .solution import OBJECTIVES as OBJECTIVES
from .solution import Sites as Sites
from .solution import Solution as Solution
from .solve import site as site
