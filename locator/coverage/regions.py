"""The same figures by municipality, by region, or by any column of the demand."""

import numpy as np
import pandas as pd

from locator.coverage.cost import Floats
from locator.coverage.layer import Layer
from locator.coverage.measures import summary
from locator.coverage.tables import column


def by_group(demand: Layer, metres: Floats, limit: float, name: str) -> pd.DataFrame:
    """People, and how far they are from help, in each group of the demand.

    Args:
        demand: with a column `name` in its table ("municipality" or "region" of the embedded one).
        metres: from each row of the demand to its facility, inf where there is none; shape (rows,).
        limit: metres, inclusive.

    Returns:
        `name`, people, within (people at most `limit` away), share (of the people there), mean
        and median (of those who reach a facility, in metres); the smallest share first.

    Raises:
        InputError: the demand has no such column.
    """
    groups = column(demand.table, name, "the demand").astype(str).to_numpy()
    rows = []
    for group in sorted(set(groups)):
        here = groups == group
        people, cost = demand.weight[here], metres[here]
        total, within = float(people.sum()), float(people[cost <= limit].sum())
        found = summary(cost, people)
        rows.append(
            {
                name: group,
                "people": total,
                "within": within,
                "share": within / total if total else np.nan,
                "mean": found["mean"],
                "median": found["median"],
            }
        )
    frame = pd.DataFrame(rows)
    return frame.sort_values(["share", "people"], ascending=[True, False], ignore_index=True)
