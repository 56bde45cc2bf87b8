"""What is known beforehand, by date: reference lists, who owes which report when, and what a period is.

rows.py       what a row of any list is
models.py     the shape of each list: one model per list, its key, what its values refer to
lists.py      reads our rows and the office's own as one list; the only reader of either
contradictions.py  what contradicts in the lists though each row can be used
calendar.py   who owes which form for a period, and by which day
periods.py    labels of periods ('2014-09', '2014-Q3') and the days they mean

Everything else stands on this: it imports no other part of the package, no database, no data frame and no Dagster (intake
uses it, too). Loading lands the lists as tables of schema `reference` (pipelines/warehouse/load.py), where SQL reads them.
"""
