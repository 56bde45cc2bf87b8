"""The Dagster code location of the NTM warehouse: a map of the package, left to right as data go.

    settings.py    where files lie and as of which day: the only reader of the environment
    reference/     what is known beforehand, by date: lists (ours and the office's), calendar, periods
    intake/        a delivery (bytes) → typed rows and findings; pure Python, knows cells, not tables
      read.py        one delivery, end to end; ledger.py: what it has said so far
      forms/         one YAML file per form: a new form is a new file here; definitions.py hands them on to SQL
      grid/          bytes → sheets of cells; size_guard.py: none laid out beyond its limit
      recognise.py   sheets → tables, each with its form, by headers.py and titles.py; unrecognised.py: the rest
      attribution.py whose report, of which period; register.py: what the register of incoming documents hints
      agreement.py   which sheets of a workbook say otherwise than the others
      filerules.py   a submission, and what the file says against it; extract.py: its rows, blanks and keys settled
      tablerows.py   a table → typed rows and findings, by rowkinds.py, columns.py, places.py, ambiguous.py, totals.py
      values/        one cell → a value: marks, numbers, dates, words, periods
      text.py  lostletters.py  units.py  reporters.py  letters, names of units and of reporters
      reference.py   what intake knows beforehand   model.py      the shapes that are handed on
    mail/          what came by mail: from the mailbox into a second root of deliveries, beside the raw folder; letters out
    warehouse/     boundary (reading.py), archive, load, publish, lock: the only writers of DuckDB outside dbt
    wording.py     what a reader sees of numbers, days, codes and sentences, from the lists that word them
    products/      what people receive: receipts, templates, bulletin, inspection trips, the notice duty by duty
    progress.py    who watches a run while it works    run_report.py  what a run did, for who asks when it is over
    pages/         HTML pages: templates, and the one environment that renders them
    recovery.py    before a run works: what is damaged is set aside, what it can't work with is one line
    maintenance.py  what keeps an installation alive: verify, backup, restore
    files.py       how a file of ours is replaced
    workers.py     calls in other processes, under limits            processes.py  how a process ends with its parent
    new_province.py  the raw folder of another province: lists that are its own, and what is missing
    scaffold.py    what `make forms` writes from the form definitions: staging models, landed suites
    semantic_layer.py  and from the list of published indicators: dbt's semantic models and metrics
    quality.py     a suite and the counts of its table → outcomes: the only user of Great Expectations
    judging.py     the same in a process of its own, beside a run
    defs/          Dagster only: assets, checks, schedules, sensors; definitions.py loads it

Nothing may stand in this module: each part says in its own docstring what belongs there.
"""
