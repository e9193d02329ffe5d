"""The keys by which nodes of a graph are found, as numbers of 63 bits.

Two nodes that hold one key are looked at together, if the key is strong; of weak keys it takes several. A key
may have sides, on each of which a node may leave something open: a figure its owner, an event its day. Of two
that hold it, one at least must leave open each side, for where both tell, a narrower key leads from one to
the other.
"""

from __future__ import annotations

from hashlib import blake2b

_STRONG = 1
_SIDES = 1  # place of the number of sides
_OPEN = 3  # place of the bits that say which are open
_BITS = 5
_MOST = 2  # sides


def key(*parts: object, strong: bool = False, opens: tuple[bool, ...] = ()) -> int:
    """A key as a number; a strong one is odd. `opens` says of each side whether this node leaves it open.

    >>> key("a", 1) == key("a", 1), key("a", 1) % 2, key("a", 1, strong=True) % 2
    (True, 0, 1)
    """
    told = blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    asks = sum(is_open << side for side, is_open in enumerate(opens))
    number = int.from_bytes(told, "big") >> 1 + _BITS
    return numbered(number, strong=strong) | asks << _OPEN | len(opens) << _SIDES


def numbered(number: int, strong: bool = False) -> int:
    """A key made of a number of at most 58 bits that already tells one from another."""
    return number << _BITS | strong


def is_strong(one: int) -> bool:
    """Whether this key is enough by itself."""
    return bool(one & _STRONG)


_MET_BY = {
    sides << _SIDES | mine << _OPEN: tuple(
        other << _OPEN for other in range(1 << sides) if other | mine == (1 << sides) - 1
    )
    for sides in range(1, _MOST + 1)
    for mine in range(1 << sides)
}
_KIND = 3 << _SIDES | 3 << _OPEN


def met_by(one: int) -> tuple[int, ...]:
    """The keys whose holders the holder of a key is looked at with: itself, unless it has sides.

    >>> told, open = (key("a", opens=(is_open,)) for is_open in (False, True))
    >>> met_by(told) == (open,), met_by(open) == (told, open), met_by(key("a")) == (key("a"),)
    (True, True, True)
    """
    meeting = _MET_BY.get(one & _KIND)
    if meeting is None:
        return (one,)
    plain = one & ~(3 << _OPEN)
    return tuple([plain | other for other in meeting])
