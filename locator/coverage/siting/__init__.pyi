from .problem import Problem as Problem
from .problem import siting_problem as siting_problem
from .solution import OBJECTIVES as OBJECTIVES
from .solution import Sites as Sites
from .solution import Solution as Solution
from .solve import LIMITED as LIMITED
from .solve import site as site
from .suggested_places import suggest as suggest
