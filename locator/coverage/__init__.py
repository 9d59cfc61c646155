"""Where help is missing: pure measures of coverage and siting over arrays and cost tables.

Demand (people at places) and facilities are joined by `cost.Costs`, which may hold distances in
metres or travel times in minutes: no measure asks which. Everything is reproducible: the same
input gives the same figures and, exported, the same bytes.
"""
