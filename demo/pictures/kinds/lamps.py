"""Lamps of painted steel, oak, brass and linen. Millimetres, foot at the origin."""

from demo.pictures import ink as inks
from demo.pictures import scene, solids
from demo.pictures.ink import BRASS, OAK, Ink, at, ellipse, num, path, rect

INSIDE = "#FBF3DF"


def _shade(ink: Ink, points: list[tuple[float, float]], colour: str, *, lit: bool = True) -> str:
    """A steel shade whose white inside shows below; its mouth is at height 0."""
    mouth = points[0][1]
    inner = (
        ink.radial(
            (0, "#FFFFFF"),
            (0.3, "#FFF0C4"),
            (0.75, "#EBCB8C"),
            (1, "#B89763"),
            centre=(0.5, 0.3),
            radius=0.62,
        )
        if lit
        else ink.radial((0, "#F4EFE4"), (1, "#B4AA98"), centre=(0.55, 0.7), radius=0.6)
    )
    under = ellipse(0, 0, mouth, mouth * solids.EYE, inks.darker(colour, 0.2)) + ellipse(
        0, 0.5, mouth - 2.4, mouth * solids.EYE - 1.4, inner
    )
    gleam = ellipse(0, 0, mouth * 0.2, mouth * 0.11, "#FFFDF2") if lit else ""
    return solids.turned(ink, points, colour, solids.POWDER, seed="shade") + under + gleam


def _front_lip(ink: Ink, radius: float, colour: str) -> str:
    y = radius * solids.EYE
    return path(
        f"M{num(-radius)} 0A{num(radius)} {num(y)} 0 0 1 {num(radius)} 0",
        stroke=inks.lighter(colour, 0.3),
        stroke_width=1.4,
        opacity=0.6,
    )


def table_lamp(ink: Ink, colour: str, *, lit: bool = True) -> str:
    """Dockyard lamp, 440 high, shade 240 wide, tilted to the left."""
    base = [(0.0, 84.0), (3, 88.0), (16, 88.0), (20, 84.0)]
    chance = inks.dice("lamp base")
    rings = "".join(
        f'<ellipse cx="{num(chance.uniform(-2, 2))}" cy="-20" rx="{num(r)}" ry="{num(r * solids.EYE)}" fill="none" stroke="{inks.darker(OAK, 0.35)}" stroke-width="0.7" opacity="0.4"/>'
        for r in range(12, 84, 8)
    )
    rod = ink.linear(
        (0, inks.darker(BRASS, 0.2)),
        (0.3, inks.lighter(BRASS, 0.7)),
        (0.6, BRASS),
        (1, inks.darker(BRASS, 0.5)),
        line=(0, 0, 1, 0),
    )
    shade = [
        (0.0, 120.0),
        (6, 119.0),
        (44, 96.0),
        (84, 52.0),
        (104, 30.0),
        (112, 27.0),
        (136, 26.0),
        (142, 20.0),
    ]
    head = (
        _shade(ink, shade, colour, lit=lit)
        + solids.disc(ink, 142, 20, inks.darker(colour, 0.1))
        + _front_lip(ink, 119, colour)
    )
    knob = solids.turned(ink, [(20.0, 9.0), (22, 10.0), (32, 9.5), (35, 7.0)], BRASS, solids.METAL)
    return (
        solids.contact(ink, 92)
        + solids.turned(ink, base, OAK, solids.SOFT)
        + solids.disc(ink, 20, 84, OAK)
        + rings
        + at(knob, 52, 8)
        + rect(-5, -398, 10, 378, rod, rx=3)
        + solids.turned(ink, [(18.0, 13.0), (20, 14.0), (28, 13.0), (32, 6.0)], BRASS, solids.METAL)
        + path(
            "M0 -392L-34 -402",
            stroke=inks.darker(BRASS, 0.2),
            stroke_width=10,
            stroke_linecap="round",
        )
        + path(
            "M0 -394L-34 -404",
            stroke=inks.lighter(BRASS, 0.5),
            stroke_width=3,
            stroke_linecap="round",
        )
        + ellipse(
            0,
            -393,
            12,
            12,
            ink.radial(
                (0, inks.lighter(BRASS, 0.7)),
                (0.6, BRASS),
                (1, inks.darker(BRASS, 0.5)),
                centre=(0.35, 0.3),
            ),
        )
        + at(head, -66, -288, turned=14)
    )


def pendant(
    ink: Ink, colour: str, *, radius: float = 200, cord: float = 500, lit: bool = True
) -> str:
    """Wide shade on a cord; the origin is the middle of its mouth."""
    k = radius / 200
    shade = [
        (0.0, radius),
        (8 * k, radius - 1),
        (40 * k, 168 * k),
        (84 * k, 104 * k),
        (112 * k, 58 * k),
        (124 * k, 42 * k),
        (150 * k, 40 * k),
        (160 * k, 30 * k),
    ]
    holes = "".join(
        ellipse(
            s * 32 * k,
            -137 * k + (32 - abs(s) * 32) * 0.16 * k,
            3.4 * k,
            4.6 * k,
            "#FFE9B0" if lit else inks.darker(colour, 0.6),
        )
        for s in (-0.8, -0.35, 0.15, 0.62)
    )
    cap = solids.turned(
        ink,
        [(158 * k, 22 * k), (162 * k, 24 * k), (176 * k, 20 * k), (184 * k, 8 * k)],
        BRASS,
        solids.METAL,
    )
    line = path(f"M0 {num(-180 * k)}V{num(-cord)}", stroke="#2A2724", stroke_width=5 * k) + path(
        f"M{num(-1.2 * k)} {num(-180 * k)}V{num(-cord)}",
        stroke="#6A625A",
        stroke_width=1.6 * k,
        stroke_dasharray="3 3",
    )
    return (
        line
        + _shade(ink, shade, colour, lit=lit)
        + holes
        + cap
        + _front_lip(ink, radius - 1, colour)
    )


def floor_lamp(ink: Ink, colour: str, *, lit: bool = True) -> str:
    """Oak mast with a linen shade, 1520 high."""
    base = [(0.0, 150.0), (4, 154.0), (14, 152.0), (20, 60.0), (26, 24.0)]
    mast = solids.wood(ink, -15, -1240, 30, 1220, OAK, seed="mast", upright=True) + rect(
        -15,
        -1240,
        30,
        1220,
        ink.linear(
            (0, inks.WARM, 0.2),
            (0.3, inks.WARM, 0.4),
            (0.6, inks.COOL, 0.05),
            (1, inks.COOL, 0.5),
            line=(0, 0, 1, 0),
        ),
    )
    shade = "M-210 -1180L-165 -1520H165L210 -1180A210 40 0 0 1 -210 -1180Z"
    cloth = "#F0DDB6" if lit and inks.brightness(colour) > 0.5 else colour
    light = ink.linear(
        (0, inks.darker(cloth, 0.18)),
        (0.18, inks.lighter(cloth, 0.15)),
        (0.5, inks.lighter(cloth, 0.55 if lit else 0.2)),
        (0.8, cloth),
        (1, inks.darker(cloth, 0.28)),
        line=(0, 0, 1, 0),
    )
    pool = (
        ink.radial(
            (0, "#FFF3CF", 0.75),
            (0.5, "#FFE3A2", 0.3),
            (1, "#FFE3A2", 0),
            centre=(0.5, 0.55),
            radius=0.5,
        )
        if lit
        else "none"
    )
    weave = ink.pattern(
        9,
        9,
        path("M0 2H9", stroke=inks.darker(cloth, 0.3), stroke_width=1.2, opacity=0.4)
        + path("M2 0V9", stroke=inks.lighter(cloth, 0.6), stroke_width=1.2, opacity=0.4),
    )
    top = ellipse(0, -1520, 165, 26, inks.darker(cloth, 0.2)) + ellipse(
        0, -1518, 158, 22, "#FFF4D2" if lit else inks.darker(cloth, 0.5)
    )
    edges = path(
        "M-210 -1180A210 40 0 0 0 210 -1180", stroke=inks.darker(cloth, 0.25), stroke_width=7
    ) + path("M-165 -1520A165 26 0 0 0 165 -1520", stroke=inks.lighter(cloth, 0.3), stroke_width=5)
    return (
        solids.contact(ink, 160)
        + solids.turned(ink, base, inks.BLACK, solids.POWDER)
        + solids.disc(ink, 26, 24, inks.BLACK)
        + mast
        + rect(
            -19,
            -640,
            38,
            26,
            ink.linear(
                (0, inks.darker(BRASS, 0.2)),
                (0.3, inks.lighter(BRASS, 0.7)),
                (1, inks.darker(BRASS, 0.5)),
                line=(0, 0, 1, 0),
            ),
        )
        + top
        + path(shade, light)
        + path(shade, weave)
        + path(shade, pool)
        + edges
    )


def lantern(ink: Ink, colour: str, *, lit: bool = True) -> str:
    """Rechargeable lantern, 120 wide, 220 high."""
    base = [(0.0, 56.0), (3, 60.0), (34, 60.0), (40, 57.0)]
    glass = [(40.0, 46.0), (52, 51.0), (96, 52.0), (138, 50.0), (150, 44.0)]
    cap = [(149.0, 56.0), (151, 58.0), (162, 58.0), (172, 46.0), (178, 26.0)]
    opal = "#FFF6DF" if lit else "#F1ECE0"
    curve = solids.profile(glass)
    inner = ink.radial(
        (0, "#FFFFFF", 0.95),
        (0.5, "#FFEFC0", 0.7),
        (1, "#F0C67A", 0.5),
        centre=(0.46, 0.62),
        radius=0.65,
    )
    bars = "".join(
        path(f"M{x} {num(-42 + d)}V{num(-150 + d)}", stroke=c, stroke_width=5)
        + path(
            f"M{x - 1} {num(-42 + d)}V{num(-150 + d)}",
            stroke=inks.lighter(c, 0.5),
            stroke_width=1.4,
        )
        for x, d, c in ((-54, 2, colour), (54, 2, inks.darker(colour, 0.25)))
    )
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


def bulb(ink: Ink, *, lit: bool = True, size: float = 1.0) -> str:
    """Filament bulb standing on its cap, 60 wide, 105 high."""
    glass = "M-12 -27C-12 -40 -30 -48 -30 -74C-30 -92 -17 -105 0 -105C17 -105 30 -92 30 -74C30 -48 12 -40 12 -27Z"
    clear = ink.radial(
        (0, "#FFF2C8", 0.95 if lit else 0.35),
        (0.5, "#FFE1A0", 0.55 if lit else 0.2),
        (0.85, "#E9D9B8", 0.5),
        (1, "#B9AA8A", 0.75),
        centre=(0.5, 0.45),
        radius=0.6,
    )
    wires = "".join(
        path(
            f"M{x1} -46L{x2} -86",
            stroke="#FFF9E4" if lit else "#C9A24A",
            stroke_width=2.4,
            stroke_linecap="round",
        )
        + path(f"M{x1} -46L{x2} -86", stroke="#FFB948", stroke_width=1.0, stroke_linecap="round")
        for x1, x2 in ((-13, -7), (-5, -2), (5, 2), (13, 7))
    )
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
    shine = path(
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
