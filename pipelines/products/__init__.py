"""What people receive from the pipeline: answers to deliveries, blank workbooks to fill in, dry runs.

workbooks.py  writing workbooks: text that stays text, equal bytes for equal content
paper.py      writing documents to sign, in the form of Nghị định 30/2020; packages.py: the zip that both are
receipts.py   which delivery gets which answer, from the working file
answer.py     the answer itself, in plain data and sentences
marked_workbook.py  the workbook that says it: the sender's own, marked, with a sheet in front
templates.py  blank workbooks by reporter and period
template_columns.py  a column of them: width, what may be entered, the legend
prefilled.py  what is known of a report before it is written: last lists and marks, open tasks
formulas.py   what blank workbooks compute: counts, sums, the row of totals
trips.py      the inspection plan as workbooks to take along
registers.py  titles and headings of the registers that come back filled in
answers.py    what waits for the Office, as a workbook to tick
headlines.py  what the screen and the page both say: headline figures, counts of findings and of reports
screen.py     the closing screen of a run
bulletin.py   the month's report to sign, the page for the chairman, the message; annex.py: the tables behind it
site/         what the published file says, as pages: overview, reporting, quality …
export.py     the published tables as Parquet and CSV, with a dictionary
trace.py      from a published figure to the files, sheets and cells behind it; traced.py: how that reads
reporter_names.py  what reporters are called
alerts.py     what the office must know at once, by e-mail or webhook, sent once
preview.py    what would happen to a file, without loading it

Nothing here writes a database, decides on a value or words a finding: what is said stands in `quality` already.
"""

import pipelines.settings  # noqa: F401 (before openpyxl, which asks at its import how to write)
