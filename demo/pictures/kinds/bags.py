"""Bags and a jar for tea, coffee, sugar and honey. Millimetres."""

from demo.pictures import ink as inks
from demo.pictures import lettering, solids
from demo.pictures.ink import Ink, at, ellipse, num, path, rect
from demo.pictures.kinds import emblems


def pouch(
    ink: Ink,
    paper: str,
    label: str,
    title: str,
    mark: str,
    *,
    weight: str = "250 G",
    height: float = 210,
    width: float = 120,
) -> str:
    """Block-bottom bag with folded top, clip and label."""
    h, w = height, width / 2
    return (
        _sack(ink, paper, h, w)
        + _fold(ink, paper, h, w)
        + _tag(ink, label, title, mark, weight, h, w)
    )


def _sack(ink: Ink, paper: str, h: float, w: float) -> str:
    """The paper body with its creases and dents, and the shadow under it."""
    front = (
        f"M{num(-w + 2)} 0L{num(-w)} {num(-h * 0.5)}L{num(-w + 3)} {num(-h)}H{num(w - 3)}"
        f"L{num(w)} {num(-h * 0.5)}L{num(w - 2)} 0C{num(w * 0.4)} 4 {num(-w * 0.4)} 4 "
        f"{num(-w + 2)} 0Z"
    )
    fall = ink.linear((0, inks.WARM, 0.16), (0.2, inks.COOL, 0.04), (1, inks.COOL, 0.24))
    creases = _pouch_creases(h, w)
    dents = (
        f"M{num(-w * 0.7)} {num(-h * 0.86)}q{num(w * 0.5)} 7 {num(w * 1.1)} 0"
        f"M{num(-w + 4)} {num(-h * 0.2)}q14 -9 20 -22"
        f"M{num(w - 4)} {num(-h * 0.24)}q-13 -8 -17 -24"
    )
    dark, bright = inks.darker(paper, 0.5), "#FFFFFF"
    return (
        solids.footing(ink, -w + 3, w - 1)
        + path(front, _pouch_light(ink, paper))
        + path(front, fall)
        + path(creases, stroke=dark, stroke_width=0.9, opacity=0.35)
        + at(path(creases, stroke=bright, stroke_width=0.8, opacity=0.3), -1.1, 0)
        + path(dents, stroke=dark, stroke_width=1.1, opacity=0.16)
        + at(path(dents, stroke=bright, stroke_width=1.1, opacity=0.28), -0.8, -1)
    )


def _fold(ink: Ink, paper: str, h: float, w: float) -> str:
    """The top, folded over twice."""
    top = h * 0.115
    paint = ink.linear(
        (0, inks.lighter(paper, 0.26)),
        (0.75, inks.darker(paper, 0.02)),
        (1, inks.darker(paper, 0.22)),
    )
    edge = f"M{num(-w + 3)} {num(-h + top * 0.5)}H{num(w - 3)}"
    return (
        rect(-w + 2, -h - 2, 2 * w - 4, top, paint, rx=1.5)
        + rect(-w + 2, -h + top - 2, 2 * w - 4, 5, inks.COOL, opacity=0.16)
        + path(edge, stroke=inks.darker(paper, 0.5), stroke_width=0.5, opacity=0.25)
    )


def _tag(ink: Ink, label: str, title: str, mark: str, weight: str, h: float, w: float) -> str:
    """The paper label with its mark; long titles are set smaller."""
    wide = min(40.0, 40 * 62 / max(lettering.width_of(title, 9.0), 62))
    on_label = inks.CHALK if inks.brightness(label) < 0.55 else inks.ANTHRACITE
    ls, lt = w * 0.74, h * 0.74
    return (
        rect(-ls + 1, -lt + 1.5, 2 * ls, h * 0.52, inks.COOL, opacity=0.18, rx=1)
        + rect(
            -ls,
            -lt,
            2 * ls,
            h * 0.52,
            ink.linear(
                (0, inks.lighter(label, 0.14)),
                (0.5, label),
                (1, inks.darker(label, 0.16)),
                line=(0, 0, 1, 0.2),
            ),
            rx=1,
        )
        + rect(
            -ls + 3,
            -lt + 3,
            2 * ls - 6,
            h * 0.52 - 6,
            "none",
            stroke=on_label,
            stroke_width=0.6,
            opacity=0.6,
        )
        + at(emblems.emblem(mark, on_label), 0, -lt + h * 0.165, h / 210 * 0.95)
        + lettering.line(title, 0, -lt + h * 0.335, 9 * wide / 40, on_label, weight=1.35)
        + path(f"M-14 {num(-lt + h * 0.375)}H14", stroke=on_label, stroke_width=0.6, opacity=0.7)
        + lettering.line("KONTOR", 0, -lt + h * 0.425, 4.4, on_label, weight=1.2)
        + lettering.line(weight, 0, -lt + h * 0.475, 4.2, on_label, weight=1.1, opacity=0.85)
    )


def _pouch_creases(h: float, w: float) -> str:
    return (
        f"M{num(-w + 13)} 2C{num(-w + 12)} {num(-h * 0.4)} {num(-w + 16)} {num(-h * 0.6)} "
        f"{num(-w + 11)} {num(-h)}"
        f"M{num(w - 13)} 2C{num(w - 12)} {num(-h * 0.35)} {num(w - 17)} {num(-h * 0.7)} "
        f"{num(w - 11)} {num(-h)}"
    )


def _pouch_light(ink: Ink, paper: str) -> str:
    return ink.linear(
        (0, inks.lighter(paper, 0.1)),
        (0.2, inks.lighter(paper, 0.3)),
        (0.55, paper),
        (0.86, inks.darker(paper, 0.2)),
        (1, inks.darker(paper, 0.36)),
        line=(0, 0, 1, 0),
    )


def valve(ink: Ink) -> str:
    """The one-way valve of a coffee bag."""
    return (
        ellipse(0, 0, 5.5, 5.5, inks.COOL, opacity=0.25)
        + ellipse(-0.4, -0.5, 5, 5, ink.radial((0, "#EDE7DC"), (1, "#A9A296"), centre=(0.35, 0.3)))
        + "".join(ellipse(x, 0, 0.6, 0.6, "#5B554C") for x in (-1.6, 0.4, 2))
    )


def honey_jar(ink: Ink, *, height: float = 92) -> str:
    """Glass of honey with a cloth-coloured lid and label."""
    body = [(0.0, 36.0), (3, 40.0), (8, 41.0), (60, 41.0), (72, 38.0), (78, 34.0)]
    lid = [(77.0, 36.0), (78, 37.0), (92, 37.0), (94, 35.5)]
    curve = solids.profile(body)
    honey = "#8E4A17"
    label = inks.CHALK
    shape = path(solids.outline(curve), "#000")
    glow = ink.radial((0, "#F2B24A", 0.75), (1, "#F2B24A", 0), centre=(0.62, 0.6), radius=0.42)
    band = solids.turned(ink, [(16.0, 41.2), (36.0, 41.2), (58.0, 41.2)], label, solids.SOFT)
    bees = at(emblems.emblem("hive", inks.BRICK), 0, -41, 0.55) + lettering.line(
        "HEIDEHONIG", 0, -21.5, 5, inks.ANTHRACITE, weight=1.2
    )
    return (
        solids.contact(ink, 42)
        + solids.turned(ink, body, honey, solids.Finish(gloss=0.9, contrast=0.6))
        + ink.clipped(rect(-45, -80, 90, 85, glow), shape)
        + band
        + at(bees, 0, 8)
        + path(solids.outline(curve, left=-0.86, right=-0.74), "#FFFFFF", opacity=0.35)
        + solids.turned(ink, lid, inks.BRASS, solids.METAL)
        + solids.disc(ink, 94, 35.5, inks.BRASS)
    )
