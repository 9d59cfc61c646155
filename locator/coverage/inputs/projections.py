"""Coordinate reference systems: their names, units, and points from one to another."""

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from locator.errors import InputError
from locator.travel import Floats, Unit


def unit_of(crs: str | None) -> Unit:
    """Of the coordinates of a plane, where that is named and in metres."""
    axes = _known(crs).axis_info if crs else ()
    return Unit.METRE if axes and axes[0].unit_name == "metre" else Unit.UNKNOWN


def system(crs: str) -> str:
    """The name of a coordinate reference system, in one spelling.

    Raises:
        InputError: there is none of this name.
    """
    return str(_known(crs).to_string())


def _known(crs: str) -> CRS:
    try:
        return CRS.from_user_input(crs)
    except CRSError as error:
        raise InputError(
            "{crs} is no coordinate reference system: write EPSG and its number, EPSG:25832.",
            crs=repr(crs),
        ) from error


def transformed(x: Floats, y: Floats, source: str, goal: str) -> tuple[Floats, Floats]:
    """The points in another system, always x (east, lon) before y; "" is one that is not named."""
    if not source or not goal or CRS.from_user_input(source) == CRS.from_user_input(goal):
        return x, y
    to = Transformer.from_crs(source, goal, always_xy=True)
    new_x, new_y = to.transform(x, y)
    return np.asarray(new_x, float), np.asarray(new_y, float)
