"""The marks on the bags, one for each tea and coffee."""

from typing import Any

from demo.pictures.ink import ellipse, path


def emblem(name: str, colour: str) -> str:
    """A small mark in a box from -20 to 20, one for each tea and coffee."""
    stroke: dict[str, Any] = {
        "stroke": colour,
        "stroke_width": 2.0,
        "stroke_linecap": "round",
        "stroke_linejoin": "round",
    }
    wave = "M-18 {0}q4.5 -6 9 0t9 0t9 0t9 0"
    marks = {
        "waves": path("".join(wave.format(y) for y in (-8, 1, 10)), **stroke),
        "hills": path("M-19 12L-6 -10L2 3L8 -4L19 12ZM-10 -3L-6 -1L-3 -4", **stroke),
        "wind": path("M-18 -6H8a6 6 0 1 0 -6 -6M-18 2H14a6 6 0 1 1 -6 7M-18 10H0", **stroke),
        "sun": path(
            "M-18 10H18M-11 10a11 11 0 0 1 22 0M0 -6V-14M-11 -2L-16 -8M11 -2L16 -8", **stroke
        ),
        "moon": path("M6 -14A14 14 0 1 0 14 6A11 11 0 0 1 6 -14Z", **stroke),
        "meadow": path(
            (
                "M-14 14C-14 0 -12 -6 -16 -12M-4 14C-4 -2 0 -8 -2 -16M6 14C6 2 4 -4 9 -12M14 "
                "14C14 6 "
                "16 2 17 -4M-19 14H19"
            ),
            **stroke,
        )
        + "".join(ellipse(x, y, 3, 3, colour) for x, y in ((-16, -13), (-2, -17), (9, -13))),
        "crane": path(
            "M-10 16V-14H16L-10 -6M-16 -14H-10M12 -14V-4M9 -4H15V2H9ZM-16 16H0", **stroke
        ),
        "gable": path(
            "M-16 16V2H-10V-6H-4V-14H4V-6H10V2H16V16ZM-3 16V6a3 3 0 0 1 6 0V16", **stroke
        ),
        "bell": path(
            "M-12 10C-8 6 -10 -12 0 -12C10 -12 8 6 12 10ZM-3 10a3 3 0 0 0 6 0M0 -12V-16", **stroke
        ),
        "calm": path("M-18 8H18M-10 14H10M0 4V-16L12 2H-9Z", **stroke),
        "crystal": path(
            "M0 -15L12 -6L8 13H-8L-12 -6ZM-12 -6H12M0 -15L-4 -6L-8 13M0 -15L4 -6L8 13", **stroke
        ),
        "hive": path(
            (
                "M-10 14C-18 6 -14 -14 0 -14C14 -14 18 6 10 14ZM-14 -2H14M-13 6H13M-10 "
                "-9H10M-3 14a3 "
                "3 0 0 1 6 0"
            ),
            **stroke,
        ),
    }
    return marks[name]
