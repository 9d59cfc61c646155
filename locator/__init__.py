"""Nærved: find the help nearest to an address in Denmark, and prove where it is missing."""
