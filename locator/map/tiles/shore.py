"""Land and sea of an extract: OpenStreetMap has the shore as lines, land on their left."""

import shapely
from shapely.geometry.base import BaseGeometry

_STEP = 1e-5  # degrees: how far beside the shore it is asked which side one is on


def land_and_sea(
    shore: list[BaseGeometry], whole: BaseGeometry, embedded: BaseGeometry
) -> tuple[BaseGeometry, BaseGeometry]:
    """The land and the sea within `whole`.

    Args:
        shore: lines with land on their left (OpenStreetMap's coastline), degrees WGS84.
        whole: the area of the extract.
        embedded: land as it is known without the extract, for where no shore tells.
    """
    lines = shapely.line_merge(shapely.union_all(shore)) if shore else shapely.MultiLineString()
    edges = shapely.union_all([lines, whole.boundary])
    found = shapely.polygonize(list(shapely.get_parts(edges)))
    faces = [
        face for face in shapely.get_parts(found) if whole.intersects(face.representative_point())
    ]
    told = _told(shore, faces)
    land = [
        face
        for i, face in enumerate(faces)
        if told.get(i, 0) > 0
        or (told.get(i, 0) == 0 and embedded.contains(face.representative_point()))
    ]
    ground = shapely.union_all(land).intersection(whole)
    return ground, whole.difference(ground)


def _told(shore: list[BaseGeometry], faces: list[BaseGeometry]) -> dict[int, int]:
    """Of each face, how many more pieces of shore say that it is land than that it is sea."""
    tree, told = shapely.STRtree(faces), dict[int, int]()
    for line in shore:
        corners = shapely.get_coordinates(line)
        along = corners[1:] - corners[:-1]
        size = (along**2).sum(axis=1, keepdims=True) ** 0.5
        keep = size[:, 0] > 0
        across = (along[:, ::-1] * (-1, 1))[keep] / size[keep] * _STEP
        middle = ((corners[1:] + corners[:-1]) / 2)[keep]
        for side in (1, -1):
            _, hit = tree.query(shapely.points(middle + side * across), predicate="within")
            for face in hit.tolist():
                told[face] = told.get(face, 0) + side
    return told
