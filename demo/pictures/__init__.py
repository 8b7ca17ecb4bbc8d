"""The pictures of the demo shop, drawn by code.

`plan(product)`, `plan_category(slug)` and `plan_home()` name them, `render(picture)` develops one.
Scenes are SVG text built by pure functions: `scene` has light and paper, `kinds` the things, `cast`
who is photographed how. Nothing here knows Django.
"""

from demo.pictures.developing import render
from demo.pictures.planning import Picture, file_name, plan
from demo.pictures.site import plan_category, plan_home

__all__ = ["Picture", "file_name", "plan", "plan_category", "plan_home", "render"]
