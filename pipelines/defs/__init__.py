"""What Dagster shows, by subject. Domain code stays outside: an asset here calls it and reports what it did."""
