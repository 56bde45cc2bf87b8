"""The only writers of DuckDB outside dbt: what was received, what was read, what readers may see.

lock.py        one writing run at a time
archive.py     bytes by their SHA-256, for ever
arrivals.py    the index beside them: what arrived where, when and from where, line by line
deliveries.py  what of the raw folder is a delivery; .zip files taken apart
lists.py       schema `reference` of the working file
engine.py      where deliveries are read and models built; engines.py: here, or on a cluster
spark/         the cluster
load.py        what of the deliveries has to be read, and its landing
landed_schema.py  schema `landed` of the working file: its tables, and the rows in them
verdicts.py    whether what the working file holds may be published
publish.py     the file that readers open, replaced atomically
catalogue.py   what tools for queries have to know of it: schema `meta`
report_states.py  how the reports owed stand, and which changed since an earlier file
standing.py    whether a run would find anything new, seen from outside
backup.py      what can't be made again, and the way back
verification.py  whether all of it is whole
rows.py        what queries need
"""
