"""The shots every product gets: alone in the studio, close up, and in use."""

from collections.abc import Callable
from dataclasses import dataclass

from demo.pictures import scene
from demo.pictures.ink import Ink, at

Draw = Callable[[Ink, "Look"], str]


@dataclass(frozen=True)
class Look:
    """What a picture shows of a variant: the code of its option value, and its colour."""

    code: str
    colour: str


@dataclass(frozen=True)
class Role:
    """How one product is photographed. `look` is worn in the close-up and in use."""

    main: Draw
    detail: Draw
    use: Draw
    detail_alt: tuple[str, str]
    use_alt: tuple[str, str]
    look: Look = Look("", "#888888")


def standing(draw: Draw, scale: float, *, x: float = 800, y: float = 1270) -> Draw:
    """The main picture of something that stands: in the studio, foot at (x, y)."""
    return lambda ink, look: scene.studio(ink) + at(draw(ink, look), x, y, scale)


def lying(
    draw: Draw,
    scale: float,
    *,
    shape: str = "",
    x: float = 800,
    y: float = 800,
    turned: float = 0,
    height: float = 4,
) -> Draw:
    """The main picture of something flat, from above, with the shadow of its shape."""

    def body(ink: Ink, look: Look) -> str:
        shadow = scene.lying_shadow(ink, shape, height=height) if shape else ""
        return scene.flat(ink) + at(shadow + draw(ink, look), x, y, scale, turned=turned)

    return body


def close(
    draw: Draw,
    scale: float,
    focus: tuple[float, float],
    *,
    turned: float = 0,
    shape: str = "",
    flat: bool = False,
    horizon: float = 1010,
) -> Draw:
    """A close-up: the point `focus`, in the units of the thing, comes to the middle."""

    def body(ink: Ink, look: Look) -> str:
        ground = scene.flat(ink) if flat else scene.studio(ink, "#EFE7DA", horizon=horizon)
        shadow = scene.lying_shadow(ink, shape, height=4) if shape else ""
        thing = at(shadow + draw(ink, look), -focus[0] * scale, -focus[1] * scale, scale)
        return ground + at(thing, 800, 800, 1, turned=turned)

    return body
