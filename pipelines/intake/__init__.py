"""Intake: one delivery (bytes) → typed rows and findings. Pure Python: no Dagster, no DuckDB, no clock, no environment."""
