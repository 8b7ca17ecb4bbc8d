"""Art prints on the sheet, close up and on the wall; and the frame."""

from demo.pictures import ink as inks
from demo.pictures import scene, sets
from demo.pictures.ink import BLACK, BRICK, CHALK, HARBOUR, OAK, SEA, Ink, at, rect
from demo.pictures.kinds import artworks, frames, lamps, vessels
from demo.pictures.shots import Draw, Look, Role

SHEET = f"M0 0H{artworks.WIDTH}V{artworks.HEIGHT}H0Z"


def _sheet(slug: str) -> Draw:
    def draw(ink: Ink, look: Look) -> str:
        scale = 1.34
        curl = ink.linear(
            (0, "#FFFFFF", 0.0),
            (0.8, "#FFFFFF", 0.0),
            (0.95, "#000000", 0.05),
            (1, "#FFFFFF", 0.12),
            line=(0, 0, 1, 0.4),
        )
        page = (
            scene.lying_shadow(ink, SHEET, height=11, strength=0.4)
            + artworks.sheet(ink, slug)
            + rect(0, 0, artworks.WIDTH, artworks.HEIGHT, curl)
        )
        return scene.flat(ink) + at(
            page, 800 - artworks.WIDTH * scale / 2, 800 - artworks.HEIGHT * scale / 2, scale
        )

    return draw


def _corner(slug: str, focus: tuple[float, float]) -> Draw:
    def draw(ink: Ink, look: Look) -> str:
        scale = 3.3
        page = scene.lying_shadow(ink, SHEET, height=9, strength=0.4) + artworks.sheet(ink, slug)
        return scene.flat(ink) + at(page, 800 - focus[0] * scale, 800 - focus[1] * scale, scale)

    return draw


def _on_wall(slug: str, wall: str, frame: str, object_: int) -> Draw:
    def draw(ink: Ink, look: Look) -> str:
        top = 1180.0
        left = (
            at(vessels.vase(ink, (HARBOUR, BRICK, HARBOUR)[object_], stems=True), 390, top, 1.5),
            at(lamps.table_lamp(ink, (CHALK, HARBOUR, BRICK)[object_]), 400, top, 1.25),
            at(vessels.jar(ink, CHALK, 180), 350, top, 1.6)
            + at(vessels.jar(ink, inks.ANTHRACITE, 110), 450, top, 1.6),
        )[object_]
        right = (
            at(vessels.bowl(ink, SEA, 118), 1260, top, 1.5),
            at(vessels.teapot(ink, SEA), 1270, top, 1.5),
            at(vessels.vase(ink, BRICK), 1290, top, 1.5),
        )[object_]
        return (
            sets.room(ink, wall, floor=1560)
            + at(frames.framed(ink, slug, frame), 800 - 380 * 0.92, 110, 0.92)
            + sets.sideboard(ink, top)
            + left
            + right
        )

    return draw


def _role(
    slug: str,
    focus: tuple[float, float],
    wall: str,
    frame: str,
    object_: int,
    detail: tuple[str, str],
) -> Role:
    return Role(
        main=_sheet(slug),
        detail=_corner(slug, focus),
        use=_on_wall(slug, wall, frame, object_),
        detail_alt=detail,
        use_alt=(
            "Der Druck gerahmt an der Wand über einer Anrichte aus Eiche",
            "The print framed on the wall above an oak sideboard",
        ),
    )


def _frame(ink: Ink, look: Look) -> str:
    return scene.flat(ink) + at(
        frames.framed(ink, "kunstdruck-moewe", look.colour),
        800 - 380 * 1.28,
        800 - 525 * 1.28,
        1.28,
    )


def _frame_corner(ink: Ink, look: Look) -> str:
    return scene.flat(ink) + at(
        frames.framed(ink, "kunstdruck-regatta", look.colour), 420, 380, 4.6
    )


def _gallery(ink: Ink, look: Look) -> str:
    body = sets.room(ink, sets.MIST, floor=1450)
    for slug, colour, x, y, scale in (
        ("kunstdruck-leuchtturm", OAK, 110, 220, 0.86),
        ("kunstdruck-knoten", BLACK, 830, 130, 0.6),
        ("kunstdruck-speicherstadt", OAK, 830, 800, 0.42),
        ("kunstdruck-kraene", BLACK, 1190, 800, 0.42),
    ):
        body += at(frames.framed(ink, slug, colour), x, y, scale)
    return body


SHEETS = {
    "kunstdruck-speicherstadt": _role(
        "kunstdruck-speicherstadt",
        (560, 560),
        sets.LINEN,
        OAK,
        0,
        (
            "Erleuchtete Fenster und Ziegelfugen des Drucks aus der Nähe",
            "Lit windows and brick joints of the print close up",
        ),
    ),
    "kunstdruck-giebel": _role(
        "kunstdruck-giebel",
        (520, 790),
        sets.SAGE,
        OAK,
        1,
        ("Die Katze am Fuß der Giebel aus der Nähe", "The cat at the foot of the gables close up"),
    ),
    "kunstdruck-leuchtturm": _role(
        "kunstdruck-leuchtturm",
        (400, 300),
        sets.MIST,
        OAK,
        2,
        (
            "Laterne und Galerie des Leuchtturms aus der Nähe",
            "Lantern room and gallery of the lighthouse close up",
        ),
    ),
    "kunstdruck-kraene": _role(
        "kunstdruck-kraene",
        (520, 740),
        sets.LINEN,
        BLACK,
        1,
        (
            "Bunte Container unter den Kränen aus der Nähe",
            "Coloured containers under the cranes close up",
        ),
    ),
    "kunstdruck-moewe": _role(
        "kunstdruck-moewe",
        (340, 340),
        sets.CLAYWALL,
        OAK,
        0,
        ("Kopf und Schnabel der Möwe aus der Nähe", "Head and beak of the gull close up"),
    ),
    "kunstdruck-knoten": _role(
        "kunstdruck-knoten",
        (250, 300),
        sets.LINEN,
        BLACK,
        2,
        ("Zwei Knoten mit ihren Schatten aus der Nähe", "Two knots with their shadows close up"),
    ),
    "kunstdruck-regatta": _role(
        "kunstdruck-regatta",
        (440, 760),
        sets.SAGE,
        OAK,
        0,
        ("Segel und Wellen des Drucks aus der Nähe", "Sails and waves of the print close up"),
    ),
}
ROLES: dict[str, Role] = {
    **SHEETS,
    "rahmen-holt": Role(
        main=_frame,
        detail=_frame_corner,
        use=_gallery,
        look=Look("eiche", OAK),
        detail_alt=(
            "Die Gehrung einer Rahmenecke aus der Nähe",
            "The mitre of a frame corner close up",
        ),
        use_alt=(
            "Vier gerahmte Drucke in drei Größen an einer blaugrauen Wand",
            "Four framed prints in three sizes on a blue-grey wall",
        ),
    ),
}
