"""How long the command line takes to start: `python -m tests.benchmarks.bench_start`.

Wall times of whole processes, each beside `python -c "import numpy"` in turn, as ratios.
"""

import statistics
import subprocess
import sys
import time

PAIRS = 9
NUMPY = [sys.executable, "-c", "import numpy"]
COMMANDS = {
    "geocode": ["geocode", "8000 Aarhus"],
    "nearest": ["nearest", "8000 Aarhus", "--category", "library"],
}


def wall(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    for name, arguments in COMMANDS.items():
        command = [sys.executable, "-m", "locator", *arguments]
        wall(command)
        ratios = [1 / (wall(NUMPY) / wall(command)) for _ in range(PAIRS)]
        print(
            f"{name}: {statistics.median(ratios):.1f} times import numpy "
            f"({min(ratios):.1f} to {max(ratios):.1f} in {PAIRS} pairs)"
        )


if __name__ == "__main__":
    main()
