"""The art prints: their motifs by slug, and the sheet with its white margin."""

from collections.abc import Callable

from demo.pictures.ink import Ink, path
from demo.pictures.kinds import ropework, seascapes, townscapes

WIDTH, HEIGHT, MARGIN = 700, 990, 46

PAPER = "#FBF8F1"

BORDER = f"M0 0H{WIDTH}V{HEIGHT}H0ZM{MARGIN} {MARGIN}V{HEIGHT - MARGIN}H{WIDTH - MARGIN}V{MARGIN}Z"

MOTIFS: dict[str, Callable[[Ink], str]] = {
    "kunstdruck-speicherstadt": townscapes.warehouses,
    "kunstdruck-giebel": townscapes.gables,
    "kunstdruck-leuchtturm": seascapes.lighthouse,
    "kunstdruck-kraene": seascapes.cranes,
    "kunstdruck-moewe": seascapes.gull_on_bollard,
    "kunstdruck-knoten": ropework.knots,
    "kunstdruck-regatta": seascapes.regatta,
}


def sheet(ink: Ink, slug: str) -> str:
    """The print on its paper, without shadow, upper left corner at the origin."""
    return MOTIFS[slug](ink) + path(BORDER, PAPER, fill_rule="evenodd")
