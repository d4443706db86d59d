"""Several processes log to one place."""

import subprocess
import sys

WRITES = """
import io, sys

class Recorder(io.StringIO):
    def __init__(self):
        super().__init__()
        self.writes = []

    def write(self, text):
        self.writes.append(text)
        return len(text)

sys.stderr = Recorder()
from pista import logs
logs.configure()
logs.get().info("one", place=1)
logs.get().warning("two")
print([(text.count("\\n"), text.endswith("}\\n")) for text in sys.stderr.writes])
"""


def test_a_line_is_one_write():
    """
    With its end, so that no other process's line comes in between.
    """
    command = [sys.executable, "-c", WRITES]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)

    assert said.stdout.strip() == "[(1, True), (1, True)]"
