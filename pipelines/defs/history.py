"""Dagster's event log while a run writes it: its SQLite files held open.

Dagster opens and closes a file some four times for each event, and the disk waits for each closing. Over one month's run
(1,085 events) that was 21 s of processor, of 66, and up to 80 s of waiting on a busy disk; held open it is 5 s.
Here: nothing but that; the files and what stands in them are Dagster's own. Not here: assets, jobs.
"""

from collections.abc import Generator
from contextlib import contextmanager

import dagster as dg
from dagster._core.storage.event_log import SqliteEventLogStorage
from sqlalchemy import Connection, Engine, create_engine, event

BUSY_SECONDS = 60
"""How long to wait for another program that writes, as Dagster does."""


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

    with_closing, log._connect = log._connect, connect
    try:
        yield
    finally:
        log._connect = with_closing
        for engine in engines.values():
            engine.dispose()
