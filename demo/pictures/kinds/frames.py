"""A print in its wooden frame."""

from demo.pictures import ink as inks
from demo.pictures import scene, solids
from demo.pictures.ink import Ink, at, path, rect
from demo.pictures.kinds import artworks


def framed(ink: Ink, slug: str, colour: str, *, leaf: str = "") -> str:
    """A print in its wooden frame, 740 × 1030, upper left at the origin."""
    bar = 30.0
    w, h = artworks.WIDTH + 2 * bar, artworks.HEIGHT + 2 * bar
    outer = f"M0 0H{w}V{h}H0Z"
    rails = (
        solids.wood(ink, 0, 0, w, bar, inks.lighter(colour, 0.1), seed="top")
        + solids.wood(ink, 0, h - bar, w, bar, inks.darker(colour, 0.16), seed="foot")
        + ink.clipped(
            solids.wood(ink, 0, 0, bar, h, colour, seed="left", upright=True),
            path(f"M0 0L{bar} {bar}V{h - bar}L0 {h}Z", "#000"),
        )
        + ink.clipped(
            solids.wood(
                ink, w - bar, 0, bar, h, inks.darker(colour, 0.1), seed="right", upright=True
            ),
            path(f"M{w} 0L{w - bar} {bar}V{h - bar}L{w} {h}Z", "#000"),
        )
        + path(
            (
                f"M0 0L{bar} {bar}M{w} 0L{w - bar} {bar}M0 {h}L{bar} {h - bar}M{w} {h}L{w - bar} "
                f"{h - bar}"
            ),
            stroke=inks.darker(colour, 0.6),
            stroke_width=1,
            opacity=0.6,
        )
        + rect(
            1,
            1,
            w - 2,
            h - 2,
            "none",
            stroke=inks.lighter(colour, 0.5),
            stroke_width=1.6,
            opacity=0.5,
        )
    )
    inner = ink.linear((0, inks.COOL, 0.4), (1, inks.COOL, 0))
    glass = path(
        f"M{bar} {bar}H{w * 0.62}L{w * 0.3} {h - bar}H{bar}Z",
        ink.linear((0, "#FFFFFF", 0.16), (1, "#FFFFFF", 0.02), line=(0, 0, 0.6, 1)),
    )
    art = leaf or artworks.sheet(ink, slug)
    return (
        scene.lying_shadow(ink, outer, height=22, strength=0.42)
        + at(art, bar, bar)
        + rect(bar, bar, artworks.WIDTH, 16, inner)
        + rect(bar, bar, 3, artworks.HEIGHT, inks.COOL, opacity=0.22)
        + glass
        + rails
    )
