"""The pages and where they are: the one list that menu, links and server share."""

# Name of a page: its file in pages/, and its path after the base.
PAGES = {
    "find": ("find_help.py", ""),
    "coverage": ("missing_help.py", "coverage"),
    "directory": ("directory.py", "directory"),
    "about": ("about.py", "about"),
}

PATHS = tuple(path for _, path in PAGES.values())
