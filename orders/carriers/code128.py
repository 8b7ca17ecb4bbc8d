"""Code 128 (ISO/IEC 15417): the widths of bars and gaps of a text."""

_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 "
    "112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 "
    "311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 "
    "112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 "
    "314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 "
    "122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 "
    "124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112 "
)
_PATTERNS = tuple(_TABLE.split())
_TO_C, _TO_B, _START_B, _START_C, _STOP = 99, 100, 104, 105, 106


class NotEncodable(ValueError):
    """Code 128 B has no sign for some of this text."""


def widths(text: str) -> tuple[int, ...]:
    """Bar, gap, bar …, in modules, with start, check sign and stop. Digits are packed in pairs.

    Raises `NotEncodable` for an empty text and for signs beyond printable ASCII.
    """
    values = codes(text)
    check = (values[0] + sum(at * one for at, one in enumerate(values[1:], start=1))) % 103
    return tuple(int(one) for value in (*values, check, _STOP) for one in _PATTERNS[value])


def codes(text: str) -> list[int]:
    """The values of start and signs, without check sign and stop. Raises as `widths`."""
    if not text or any(not " " <= sign <= "~" for sign in text):
        raise NotEncodable(text)
    is_pairs = _digits_at(text, 0) >= 4 or (text.isdigit() and len(text) == 2)
    values, at = [_START_C if is_pairs else _START_B], 0
    while at < len(text):
        digits = _digits_at(text, at)
        if is_pairs and digits >= 2:
            values.append(int(text[at : at + 2]))
            at += 2
        elif is_pairs:
            values.append(_TO_B)
            is_pairs = False
        elif digits >= 4 and digits % 2 == 0:
            values.append(_TO_C)
            is_pairs = True
        else:
            values.append(ord(text[at]) - 32)
            at += 1
    return values


def _digits_at(text: str, at: int) -> int:
    end = at
    while end < len(text) and text[end].isdigit():
        end += 1
    return end - at
