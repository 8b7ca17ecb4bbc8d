"""A large made-up catalogue, the same for the same seed and day: for benchmarks and tests.

`filling.fill` writes it, in the way of the database (COPY) and not through the acts of the shop:
100,000 products one after the other would take an hour. What it writes, the shop's own acts accept;
`tests/demo_catalogue` holds it to that.
"""
