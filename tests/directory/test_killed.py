"""A process killed at any moment leaves the directory old or new, and whole."""

import itertools
import os
import signal
import subprocess
import sys
import time

from locator.directory.records import load, read_records, write_records
from locator.directory.store import FolderStore

WRITER = """
import sys
from pathlib import Path
from locator.directory import read_records, write_records
file = Path(sys.argv[1])
records = read_records(file)
words = ("old", "new")
versions = [[r.model_copy(update={"description": w}) for r in records] for w in words]
write_records(file, versions[0])
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


EDITOR = """
import sys
from pathlib import Path
from locator.directory import FolderStore
store = FolderStore(Path(sys.argv[1]), Path(sys.argv[2]))
record = store.directory().by_id["a"]
print("ready", flush=True)
number = len(store.history())
while True:
    number += 1
    changed = record.model_copy(update={"description": str(number)})
    store.save(changed, "Ann", record)
    record = changed
    print(number, flush=True)
"""


def test_history_and_record_agree_whenever_the_editor_dies(tmp_path):
    """What was told to be saved is there, and no change is told of that did not happen."""
    record = load().records[0].model_copy(update={"id": "a"})
    write_records(tmp_path / "d" / "curated.jsonl", [record])
    store = FolderStore(tmp_path / "d", tmp_path / "data")
    for attempt in range(12):
        command = [sys.executable, "-c", EDITOR, str(store.folder), str(store.data)]
        editor = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert editor.stdout.readline() == "ready\n"
        time.sleep(0.02 + attempt * 0.0037)
        os.kill(editor.pid, signal.SIGKILL)
        told = [int(line) for line in editor.stdout.read().split("\n")[:-1]]
        editor.wait()
        changes = store.history("a")
        assert store.directory().by_id["a"].description == changes[0].after["description"]
        assert [change.number for change in changes] == list(range(len(changes), 0, -1))
        assert all(new.before == old.after for new, old in itertools.pairwise(changes))
        assert not told or len(changes) - told[-1] in (0, 1)
    assert len(changes) > 12
