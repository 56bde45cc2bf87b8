"""Values of a cell: one reader per type, each returns a `Value`.

    value.py    what a reader returns            words.py    texts, lines, words of a closed list
    marks.py    met and not met, ticks           dates.py    days, days with an hour
    numbers.py  numbers, counts, percents, money periods.py  months and quarters that a text names

Here: what one cell says, given its column's unit of money, its sheet's number style and the year of its report. A new
way of writing a value belongs in its type's module, with the trap's id in its test. What a row, a column's header or a
sheet says belongs in `tablerows`, `headers` and `tables`; what the words of a form mean belongs in the form's file.

A cell comes raw, as the workbook library gives it: str, int, float, bool, datetime, date, time, timedelta or None.
Nothing here guesses: a value is read, read after a named repair (E07), undecided between two readings (E05), outside
its range or list (E03), or unreadable (E01). A lone dash is a mark (not met) or a tick (no); in every other column it
is blank, because blank is unknown and a zero must be typed.
"""
