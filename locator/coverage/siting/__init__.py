"""Where help would be best placed: covering, median and center problems on a cost table.

A fast heuristic answers at once; an exact solution, with its proof, comes from HiGHS on demand.
"""

from locator.coverage.siting.solution import OBJECTIVES, Sites, Solution
from locator.coverage.siting.solve import site

__all__ = ["OBJECTIVES", "Sites", "Solution", "site"]
