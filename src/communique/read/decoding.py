"""Bytes to text, as the web means its encodings."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the shorter one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels that pages use for one encoding and browsers read as a larger one (WHATWG Encoding Standard).
_AS_THE_WEB_MEANS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "latin_1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
}
_SHIFTING = ("iso2022", "hz", "utf-7")  # seven-bit: their bytes are valid UTF-8 and mean something else
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_SAMPLE = 65_536


def decode(content: bytes, declared: str | None = None) -> str:
    """The text of some bytes, without a byte order mark; never raises and never gives a lone surrogate.

    In this order: byte order mark; UTF-8 if the bytes are valid UTF-8; the declared encoding if the
    bytes are valid in it; a guess from the bytes (charset-normalizer); windows-1252.

    >>> decode(b"\\x93peace\\x94", "iso-8859-1")
    '“peace”'
    """
    for mark, marked in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(marked, "replace")
    encoding = _known(declared)
    if wide := _wide(content):
        return content.decode(wide, "replace")
    if not (encoding or "").startswith(_SHIFTING):
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if encoding:
        try:
            return _whole(content.decode(encoding))
        except (UnicodeDecodeError, ValueError):
            pass
    if encoding == "cp1252" or _mostly_utf8(content):
        return content.decode("utf-8" if _mostly_utf8(content) else "cp1252", "replace")
    best = from_bytes(content[:_SAMPLE]).best()
    guessed = _known(best.encoding) if best else None
    return _whole(content.decode(guessed or "cp1252", "replace"))


def declared_charset(content: bytes) -> str | None:
    """The encoding that markup declares for itself in its first 2,048 bytes.

    >>> declared_charset(b'<meta charset="Shift_JIS">')
    'Shift_JIS'
    """
    match = _DECLARED.search(content[:2048])
    return match[1].decode("ascii") if match else None


def is_wide(head: bytes) -> bool:
    """Whether bytes with NULs in them are nevertheless text, in UTF-16 or UTF-32."""
    return head.startswith(tuple(mark for mark, _ in _BOMS)) or _wide(head) is not None


def _known(label: str | None) -> str | None:
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError, UnicodeError):
        return None
    name = _AS_THE_WEB_MEANS.get(name, name)
    return name if not name.endswith("_codec") and name not in _NOT_OF_TEXT else None


_NOT_OF_TEXT = {"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "undefined",
                "unicode_escape", "raw_unicode_escape", "unicode-escape", "raw-unicode-escape",
                "unicode_internal", "mbcs", "oem"}  # fmt: skip


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is NUL."""
    head = content[:1024]
    pairs = len(head) // 2
    if pairs < 2 or b"\0" not in head:
        return None
    if head[1::2].count(0) > 0.6 * pairs and head[0::2].count(0) == 0:
        return "utf-16-le"
    if head[0::2].count(0) > 0.6 * pairs and head[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _mostly_utf8(content: bytes) -> bool:
    """UTF-8 with a few broken bytes (cut off in the middle of a character, spliced from elsewhere)."""
    high = sum(byte > 127 for byte in content[:_SAMPLE])
    broken = content[:_SAMPLE].decode("utf-8", "replace").count("�")
    return high > 0 and broken * 10 <= high


def _whole(text: str) -> str:
    """Some decoders let lone surrogates through; a text has none."""
    return (
        text.encode("utf-8", "replace").decode("utf-8")
        if any("\ud800" <= c <= "\udfff" for c in text)
        else text
    )
