"""The keys by which nodes of a graph are found, as numbers of 63 bits.

Two nodes that hold one key are looked at together, if the key is strong; of weak keys it takes several. A
sided key has one or two sides on which a node may leave something open: a figure its owner, an event its day.
Of two that hold it, one at least must leave open each side, for where both tell, a narrower key leads from
one to the other.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

_STRONG, _SIDED = 1, 2
_SIDES = 2  # place of the bits that say what is left open
_BITS = 4
_BOTH = 3


def key(*parts: object, strong: bool = False) -> int:
    """A key as a number; a strong one is odd.

    >>> key("a", 1) == key("a", 1), key("a", 1) % 2, key("a", 1, strong=True) % 2
    (True, 0, 1)
    """
    told = blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return numbered(int.from_bytes(told, "big") >> 1 + _BITS, strong=strong)


def sided(*parts: object, opens: tuple[bool, bool], strong: bool = False) -> int:
    """A sided key; `opens` says on which of its sides this node leaves something open."""
    return key(*parts, strong=strong) | _SIDED | (opens[0] | opens[1] << 1) << _SIDES


def numbered(number: int, strong: bool = False) -> int:
    """A key made of a number of at most 59 bits that already tells one from another."""
    return number << _BITS | strong


def is_strong(one: int) -> bool:
    """Whether this key is enough by itself."""
    return bool(one & _STRONG)


@lru_cache(maxsize=200_000)
def met_by(one: int) -> tuple[int, ...]:
    """The keys whose holders the holder of a key is looked at with: itself, unless it is sided.

    >>> told, open = (sided("a", opens=(tells, True)) for tells in (False, True))
    >>> met_by(told) == (open,), met_by(open) == (told, open), met_by(key("a")) == (key("a"),)
    (True, True, True)
    """
    if not one & _SIDED:
        return (one,)
    mine = one >> _SIDES & _BOTH
    plain = one & ~(_BOTH << _SIDES)
    return tuple(plain | other << _SIDES for other in range(_BOTH + 1) if other | mine == _BOTH)
