"""Who plays what: each product's slug and the role in which it is photographed."""

from demo.pictures.cast import (
    ceramics,
    clocks,
    clothing,
    coffee,
    craft,
    home,
    lamps,
    pantry,
    paper,
    prints,
    tea,
    writing,
)
from demo.pictures.shots import Role

ROLES: dict[str, Role] = {
    **tea.ROLES,
    **coffee.ROLES,
    **pantry.ROLES,
    **ceramics.ROLES,
    **prints.ROLES,
    **clothing.ROLES,
    **paper.ROLES,
    **writing.ROLES,
    **lamps.ROLES,
    **clocks.ROLES,
    **home.ROLES,
    **craft.ROLES,
}
