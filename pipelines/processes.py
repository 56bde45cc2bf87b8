"""Processes that work for another one: they end when it does, even if it was killed.

Here: what every process of a pool is started with. Not here: what it works on.
"""

import os
import threading
from multiprocessing import connection, parent_process


def end_with_parent() -> None:
    """End this process as soon as the one that started it is gone: a pool's processes would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
