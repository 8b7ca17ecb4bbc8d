"""The pictures of the demo shop, drawn by code: `plan(product)` names them, `render(picture)` draws.

Scenes are SVG text built by pure functions; see `scene` for light and paper, `kinds` for the things,
`cast` for who is photographed how. Nothing here knows Django.
"""

from demo.pictures.developing import render
from demo.pictures.planning import Picture, file_name, plan

__all__ = ["Picture", "file_name", "plan", "render"]
