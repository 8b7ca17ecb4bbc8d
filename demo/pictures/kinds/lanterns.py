"""A rechargeable lantern and a filament bulb. Millimetres, foot at the origin."""

from demo.pictures import ink as inks
from demo.pictures import scene, solids
from demo.pictures.ink import BRASS, OAK, Ink, at, ellipse, num, path, rect


def lantern(ink: Ink, colour: str, *, lit: bool = True) -> str:
    """Rechargeable lantern, 120 wide, 220 high."""
    base = [(0.0, 56.0), (3, 60.0), (34, 60.0), (40, 57.0)]
    glass = [(40.0, 46.0), (52, 51.0), (96, 52.0), (138, 50.0), (150, 44.0)]
    cap = [(149.0, 56.0), (151, 58.0), (162, 58.0), (172, 46.0), (178, 26.0)]
    opal = "#FFF6DF" if lit else "#F1ECE0"
    curve = solids.profile(glass)
    inner = _lantern_inner(ink)
    bars = _lantern_bars(colour)
    bail = path(
        "M-59 -158C-66 -246 66 -246 59 -158", stroke=inks.darker(colour, 0.4), stroke_width=6
    ) + path(
        "M-60 -159C-67 -248 65 -248 58 -159", stroke=inks.lighter(colour, 0.25), stroke_width=2.6
    )
    grip = path(
        "M-20 -223C-8 -226 8 -226 20 -223",
        stroke=inks.darker(OAK, 0.3),
        stroke_width=13,
        stroke_linecap="round",
    ) + path("M-20 -225C-8 -228 8 -228 20 -225", stroke=OAK, stroke_width=9, stroke_linecap="round")
    return (
        solids.contact(ink, 62)
        + bail
        + grip
        + solids.turned(ink, glass, opal, solids.Finish(gloss=0.7, contrast=0.25))
        + (
            ink.clipped(rect(-60, -160, 120, 130, inner), path(solids.outline(curve), "#000"))
            if lit
            else ""
        )
        + bars
        + solids.turned(ink, base, colour, solids.POWDER)
        + path(
            f"M-57 -40A57 {num(57 * solids.EYE)} 0 0 0 57 -40",
            stroke=inks.lighter(colour, 0.4),
            stroke_width=1.2,
        )
        + ellipse(
            0,
            -13 + 60 * solids.EYE * 0.6,
            9,
            9,
            BRASS,
            stroke=inks.darker(BRASS, 0.5),
            stroke_width=1,
        )
        + path("M0 -10.5v5", stroke=inks.darker(BRASS, 0.6), stroke_width=1.6)
        + solids.turned(ink, cap, colour, solids.POWDER)
        + solids.disc(ink, 178, 26, colour)
    )


def _lantern_inner(ink: Ink) -> str:
    return ink.radial(
        (0, "#FFFFFF", 0.95),
        (0.5, "#FFEFC0", 0.7),
        (1, "#F0C67A", 0.5),
        centre=(0.46, 0.62),
        radius=0.65,
    )


def _lantern_bars(colour: str) -> str:
    return "".join(
        path(f"M{x} {num(-42 + d)}V{num(-150 + d)}", stroke=c, stroke_width=5)
        + path(
            f"M{x - 1} {num(-42 + d)}V{num(-150 + d)}",
            stroke=inks.lighter(c, 0.5),
            stroke_width=1.4,
        )
        for x, d, c in ((-54, 2, colour), (54, 2, inks.darker(colour, 0.25)))
    )


def bulb(ink: Ink, *, lit: bool = True, size: float = 1.0) -> str:
    """Filament bulb standing on its cap, 60 wide, 105 high."""
    glass = (
        "M-12 -27C-12 -40 -30 -48 -30 -74C-30 -92 -17 -105 0 -105C17 -105 30 -92 30 -74C30 "
        "-48 12 -40 12 -27Z"
    )
    clear = ink.radial(
        (0, "#FFF2C8", 0.95 if lit else 0.35),
        (0.5, "#FFE1A0", 0.55 if lit else 0.2),
        (0.85, "#E9D9B8", 0.5),
        (1, "#B9AA8A", 0.75),
        centre=(0.5, 0.45),
        radius=0.6,
    )
    wires = _bulb_wires(lit)
    stem = path("M-4 -27C-4 -36 -2 -40 0 -42C2 -40 4 -36 4 -27Z", "#E9E4D8", opacity=0.8) + path(
        "M-13 -46L0 -38L13 -46M-5 -46L0 -38L5 -46M-7 -86H7", stroke="#9A9280", stroke_width=0.7
    )
    cap = solids.turned(
        ink, [(2.0, 9.0), (4, 13.0), (24, 13.0), (28, 12.0)], "#C9CBCA", solids.METAL
    )
    thread = "".join(
        path(
            f"M-13 {num(-7 - k * 5)}A13 3.4 0 0 0 13 {num(-8.6 - k * 5)}",
            stroke="#7C8183",
            stroke_width=1.1,
            opacity=0.8,
        )
        for k in range(4)
    )
    shine = _bulb_shine()
    halo = scene.glow(ink, 0, -72, 95, strength=0.55) if lit else ""
    return at(
        solids.contact(ink, 18)
        + halo
        + solids.turned(ink, [(0.0, 5.0), (1, 6.0), (3, 8.0)], "#26292D", solids.POWDER)
        + cap
        + thread
        + stem
        + path(glass, clear, stroke="#C9BB98", stroke_width=0.6)
        + wires
        + shine,
        0,
        0,
        size,
    )


def _bulb_wires(lit: bool) -> str:
    return "".join(
        path(
            f"M{x1} -46L{x2} -86",
            stroke="#FFF9E4" if lit else "#C9A24A",
            stroke_width=2.4,
            stroke_linecap="round",
        )
        + path(f"M{x1} -46L{x2} -86", stroke="#FFB948", stroke_width=1.0, stroke_linecap="round")
        for x1, x2 in ((-13, -7), (-5, -2), (5, 2), (13, 7))
    )


def _bulb_shine() -> str:
    return path(
        "M-22 -82C-20 -92 -12 -99 -4 -100",
        stroke="#FFFFFF",
        stroke_width=3,
        stroke_linecap="round",
        opacity=0.85,
    ) + path(
        "M-24 -72q-0.6 4 0.4 8",
        stroke="#FFFFFF",
        stroke_width=2.2,
        stroke_linecap="round",
        opacity=0.7,
    )
