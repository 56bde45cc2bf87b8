"""Dagster's event log while a run writes it: its SQLite files held open.

Dagster opens and closes a file some four times for each event, and the disk waits for each closing. Over one month's run
(1,085 events) that was 21 s of processor, of 66, and up to 80 s of waiting on a busy disk; held open it is 5 s. It also asks
anew for each event whether the files have this table, column or index, which was 2 s: here it is told what it was told.
Here: nothing but that; the files and what stands in them are Dagster's own. Not here: assets, jobs.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import dagster as dg
from dagster._core.storage.event_log import SqliteEventLogStorage
from sqlalchemy import Connection, Engine, create_engine, event

BUSY_SECONDS = 60
"""How long to wait for another program that writes, as Dagster does."""
ASKED_OVER_AND_OVER = ("has_table", "has_secondary_index", "_has_asset_key_col_on_connection")


@contextmanager
def event_log_held_open(instance: dg.DagsterInstance) -> Generator[None]:
    """Hold the files of the instance's event log open for the body; an installation with another storage keeps its ways."""
    log = instance.event_log_storage
    if type(log) is not SqliteEventLogStorage:
        yield
        return
    engines: dict[str, Engine] = {}

    @contextmanager
    def connect(shard: str) -> Generator[Connection]:
        with log._db_lock:
            if shard not in engines:
                path = log.conn_string_for_shard(shard)
                engines[shard] = create_engine(path, connect_args={"timeout": BUSY_SECONDS})
                # the disk confirms checkpoints, not every event: a killed run loses none, a power cut the last ones
                event.listen(engines[shard], "connect", lambda new, _: new.execute("pragma synchronous = normal"))
            if shard not in log._initialized_dbs:
                log._initdb(engines[shard])
                log._initialized_dbs.add(shard)
            with engines[shard].begin() as connection:
                yield connection

    theirs: dict[str, Callable[..., Any]] = {name: getattr(log, name) for name in ("_connect", *ASKED_OVER_AND_OVER)}
    ours = {name: _remembering(theirs[name]) for name in ASKED_OVER_AND_OVER} | {"_connect": connect}
    try:
        for name, method in ours.items():
            setattr(log, name, method)
        yield
    finally:
        for name, method in theirs.items():
            setattr(log, name, method)
        for engine in engines.values():
            engine.dispose()


def _remembering(ask: Callable[..., bool]) -> Callable[..., bool]:
    """Return a question, whose last argument is a name, that is not asked again of what there is; what there is not may come."""
    there: set[str] = set()

    def answer(*about: Any) -> bool:
        if about[-1] not in there and ask(*about):
            there.add(about[-1])
        return about[-1] in there

    return answer
