"""Products from files and into files. See docs/algorithms/imports.md."""
