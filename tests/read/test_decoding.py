"""Encodings found on the web come out right."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.read.decoding import declared_charset, decode

JAPANESE = "防衛省は十三日、新しい戦略を発表した。首相は記者会見で同盟の強化を強調した。"
RUSSIAN = "Министры обороны двух стран встретились в Москве и подписали соглашение о сотрудничестве."


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("“Peace” – said Müller", "utf-8", None),
        ("“Peace” – said Müller", "utf-8-sig", None),
        ("“Peace” – said Müller", "utf-16", None),
        ("“Peace” – said Muller and Schmidt", "utf-16-le", None),
        ("“Peace” – said Müller", "cp1252", "iso-8859-1"),
        ("“Peace” – said Müller", "cp1252", "windows-1252"),
        ("“Peace” – said Müller", "utf-8", "iso-8859-1"),
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "euc_jp", "euc-jp"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp"),
        (JAPANESE * 4, "shift_jis", None),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN * 4, "cp1251", None),
        (RUSSIAN, "koi8_r", "koi8-r"),
        ("两国国防部长在北京会晤", "gb18030", "gb2312"),
        ("plain", "ascii", "no-such-charset"),
        ("plain", "ascii", "rot13"),
    ],
)
def test_encodings(text: str, encoding: str, declared: str | None) -> None:
    assert decode(text.encode(encoding), declared) == text


def test_a_broken_character_does_not_cost_the_others() -> None:
    content = "Les députés ont approuvé l’accord élargi".encode()
    assert decode(content[:5] + content[5:].replace("é".encode(), b"\xc3", 1)).endswith(
        "approuvé l’accord élargi"
    )


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta charset="utf-8">', "utf-8"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>", "windows-1251"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>', "ISO-8859-1"),
        (b"<html>", None),
    ],
)
def test_declared(head: bytes, charset: str | None) -> None:
    assert declared_charset(head) == charset


@given(
    st.binary(max_size=400),
    st.sampled_from([None, "utf-8", "utf-16", "shift_jis", "utf-7", "hex", "\0", "idna"]),
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_text_that_can_be_written(content: bytes, declared: str | None) -> None:
    decode(content, declared).encode("utf-8")


@given(st.text(max_size=200))
def test_utf8_is_read_as_it_stands(text: str) -> None:
    content = text.encode("utf-8", "ignore")
    expected = content.decode("utf-8").removeprefix("\ufeff")
    if b"\0" not in content and not content.startswith((b"\xff", b"\xfe")):
        assert decode(content) == expected
