"""The same figures by municipality, by region, or by any column of the demand."""

import numpy as np
import pandas as pd

from locator.coverage.measures.summaries import summary
from locator.travel import Floats


def by_group(
    groups: np.ndarray, people: Floats, cost: Floats, limit: float, name: str
) -> pd.DataFrame:
    """People, and how far they are from help, in each group of the demand.

    Args:
        groups: what each row of the demand belongs to, as text; shape (rows,).
        people: at each row, shape (rows,).
        cost: from each row to its facility, inf where there is none; shape (rows,).
        limit: in the unit of `cost`, inclusive.
        name: of the groups, for the first column.

    Returns:
        `name`, people, within (people at most `limit` away), share (of the people there), mean
        and median (of those who reach a facility, in that unit); the smallest share first.
    """
    rows = []
    for group in sorted(set(groups)):
        here = groups == group
        weight, far = people[here], cost[here]
        total, within = float(weight.sum()), float(weight[far <= limit].sum())
        found = summary(far, weight)
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
