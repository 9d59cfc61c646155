"""The index of every address: made from files on this machine, asked with no internet."""
