"""A process killed at any moment leaves the directory old or new, and whole."""

import os
import signal
import subprocess
import sys
import time

from locator.directory.records import load, read_records, write_records

WRITER = """
import sys
from pathlib import Path
from locator.directory import read_records, write_records
file = Path(sys.argv[1])
records = read_records(file)
words = ("old", "new")
versions = [[r.model_copy(update={"description": w}) for r in records] for w in words]
print("ready", flush=True)
while True:
    for version in versions:
        write_records(file, version)
"""


def test_the_file_is_old_or_new_whenever_the_writer_dies(tmp_path):
    file = tmp_path / "curated.jsonl"
    write_records(file, load().records[:300])
    seen = set()
    for attempt in range(12):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout.readline() == "ready\n"
        # Ever later after the start, so that each part of the writing is hit in the end.
        time.sleep(0.02 + attempt * 0.0037)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        records = read_records(file)
        assert len(records) == 300
        words = {record.description for record in records}
        assert len(words) == 1
        seen |= words
    assert seen == {"old", "new"}
    assert len(load(tmp_path)) == 300  # what a killed writer left beside it is not read
