"""The goods of the demo shop: `catalogue()` gives them all, `check()` says what is missing.

Pure data: nothing here knows Django. Texts lie in `data/*.toml`, one file for each shelf.
"""

from demo.goods.checking import check
from demo.goods.reading import catalogue

__all__ = ["catalogue", "check"]
