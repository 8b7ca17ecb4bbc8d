"""EAN-13 numbers from the range 200–299, which GS1 leaves to a shop's own use in its store."""


def check_digit(digits: str) -> str:
    """The 13th digit for the first twelve, after GS1's rule of weights 1 and 3."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return str(-total % 10)


def in_store(number: int) -> str:
    """A valid EAN-13 of the in-store range for a running number below 10^9."""
    digits = f"200{number:09d}"
    return digits + check_digit(digits)


def is_valid(gtin: str) -> bool:
    """Whether `gtin` has 13 digits and the right check digit."""
    return len(gtin) == 13 and gtin.isdigit() and check_digit(gtin[:12]) == gtin[12]
