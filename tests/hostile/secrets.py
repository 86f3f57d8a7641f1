"""Secrets in every place of a dossier that is kept back, and every way in which one could still be told."""

import base64
import html
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from PIL import Image, UnidentifiedImageError

from tests.test_twin_builds import KINDS

COUNT = 200
# Letters with marks, of two alphabets, so that every form of writing differs from every other one.
STEM = "Žđåňовый"


def canaries() -> Mapping[str, tuple[str, ...]]:
    """Two hundred words that stand nowhere else, by the kind of place in which each is planted."""
    kinds = [kind for kind in KINDS if kind not in {"how_many", "draft_folder"}]
    words = [f"{STEM}{number:03}qx" for number in range(COUNT)]
    return {kind: tuple(words[place :: len(kinds)]) for place, kind in enumerate(kinds)}


def forms(word: str) -> Iterator[bytes]:
    """The word in every way of writing that a site, a cache or a log may use."""
    written = {word, *(unicodedata.normalize(form, word) for form in ("NFC", "NFD", "NFKC", "NFKD"))}
    written |= {change(one) for one in tuple(written) for change in (str.lower, str.upper, str.casefold)}
    for one in written:
        data = one.encode()
        yield data
        yield one.encode("utf-16-le")
        yield quote(one).encode()
        yield quote(one).lower().encode()
        yield html.escape(one).encode("ascii", "xmlcharrefreplace")
        yield "".join(f"&#x{ord(letter):x};" for letter in one).encode()
        yield one.encode("ascii", "backslashreplace")
        yield one.encode("unicode-escape")
        yield one.encode("idna" if one.isalnum() and len(one) < 60 else "punycode")
        yield data.hex().encode()
        # What stands before it decides which third of a sum of base64 it falls on.
        for lead in range(3):
            yield base64.b64encode(b"\0" * lead + data)[4 * bool(lead) : -4]


def readings(content: bytes) -> Iterator[bytes]:
    """A file as it is, without its tags, and with whatever is packed in it unpacked, at any depth."""
    yield content
    if content[:1] in {b"<", b"\xef"}:
        yield re.sub(rb"<[^>]*>", b"", content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for entry in packed.infolist():
                yield entry.filename.encode() + entry.comment + entry.extra
                yield from readings(packed.read(entry))
    if content.startswith((b"\x89PNG", b"\xff\xd8", b"RIFF")):
        yield from _of_picture(content)
    for begin in (match.start() for match in re.finditer(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]", content)):
        unpacked = _unpacked(content[begin:])
        if len(unpacked) > 16:
            yield unpacked


def _of_picture(content: bytes) -> Iterator[bytes]:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
            yield repr(picture.info).encode() + repr(dict(picture.getexif())).encode()
            yield picture.tobytes()
    except (UnidentifiedImageError, OSError):
        return


def _unpacked(content: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=47).decompress(content, 1 << 24)
    except zlib.error:
        return b""
