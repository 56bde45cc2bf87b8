"""sqlfluff as from its command line, in processes in which Python looks for cycles seldom: a sixth of the time.

Each process that it starts imports this module, so that it holds of them, too.
"""

import gc
import os

from sqlfluff.cli.commands import cli

gc.freeze()
gc.set_threshold(100_000, 50, 100)
os.environ["PYTHONWARNINGS"] = (
    "ignore:resource_tracker"  # it ends without a word to those processes, and Python says so
)

if __name__ == "__main__":
    cli()
