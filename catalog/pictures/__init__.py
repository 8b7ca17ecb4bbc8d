"""Pictures: checked before they are decoded, encoded anew in the shapes that pages ask for.

`encode` checks an upload and makes what a page needs at once, `store` writes it down; a worker
makes the rest (`making`). What arrives is never served itself: metadata (EXIF, GPS) and whatever
else hides in a file stay behind. `display` is how pages speak of pictures.
docs/algorithms/pictures.md
"""

from catalog.pictures.checking import MAX_BYTES, MAX_PIXELS, NotAPicture
from catalog.pictures.encoding import Encoded, encode
from catalog.pictures.recipes import AT_ONCE
from catalog.pictures.storing import ask_again, store

__all__ = [
    "AT_ONCE",
    "MAX_BYTES",
    "MAX_PIXELS",
    "Encoded",
    "NotAPicture",
    "ask_again",
    "encode",
    "store",
]
