"""A run on Spark: many machines read deliveries and build the models; the working file stays what everybody else asks.

batches.py  rows of deliveries as Parquet: written aside, put in place, counted by a ledger
landing.py  schema `landed` of the working file over such batches
reading.py  deliveries read on the cluster, under the limits of any reading
session.py  the cluster: what it needs, how it is started, what ends it
tables.py   Spark's catalogue of what is landed, and what was built there as views of the working file
engine.py   all of this, as a run asks for it

Imported by engines.py of the folder above where the settings say so: an ordinary installation has no Spark.
"""
