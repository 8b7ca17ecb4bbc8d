"""Small marks that are printed, sewn or embossed on things."""

from demo.pictures import ink as inks
from demo.pictures.ink import ellipse, path


def anchor(colour: str) -> str:
    """The anchor of the chest print, 70 high."""
    return path(
        (
            "M0 -22V32M-15 -10H15M-26 10C-24 26 -12 33 0 34C12 33 24 26 26 10M-32 17L-26 "
            "8L-18 15M32 "
            "17L26 8L18 15"
        ),
        stroke=colour,
        stroke_width=5,
        stroke_linecap="round",
        stroke_linejoin="round",
    ) + ellipse(0, -29, 7, 7, "none", stroke=colour, stroke_width=5)


def gull(colour: str, grey: str, beak: str = inks.SIGNAL) -> str:
    """A gull in flight, 260 wide."""
    return (
        path("M-130 -48C-90 -66 -48 -46 -14 -6C-30 8 -54 4 -70 -8C-88 -22 -108 -36 -130 -48Z", grey)
        + path("M136 -70C96 -78 44 -58 8 -10C20 6 40 6 58 -6C84 -24 108 -50 136 -70Z", colour)
        + path("M136 -70C112 -66 98 -58 86 -48L104 -42C118 -52 128 -62 136 -70Z", inks.ANTHRACITE)
        + path(
            "M-130 -48C-112 -50 -100 -44 -92 -38L-104 -30C-114 -36 -122 -42 -130 -48Z",
            inks.ANTHRACITE,
        )
        + path(
            (
                "M-60 18C-40 -8 0 -22 40 -14C52 -20 66 -18 72 -8C62 12 24 26 -12 24C-32 28 "
                "-50 26 -60 "
                "18Z"
            ),
            colour,
        )
        + path("M72 -9L88 -4L70 0Z", beak)
        + ellipse(62, -9, 2.4, 2.4, inks.ANTHRACITE)
    )
