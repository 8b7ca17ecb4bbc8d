"""What machines read of the catalogue: structured data, feeds, and addresses that have moved."""
