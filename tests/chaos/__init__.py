"""The rig: a whole shop of real processes, driven over HTTP, disturbed, and its books proved.

See docs/runbooks/chaos.md. `make chaos` runs all scenarios in full, `test_chaos.py` a short form.
"""
