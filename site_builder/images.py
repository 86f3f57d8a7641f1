"""The gate to pictures: what a file may be, and its pixels made into new files. The home of Pillow.

Nothing of an original but its pixels is published: they are pasted into a new image, so that no place, name,
camera, comment or preview that the file carries can survive. The same bytes give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 32 * 1024 * 1024
MAX_PIXELS = 64_000_000
# WebP has room for 16,383 pixels on a side.
MAX_SIDE = 16_000
# What the text's column asks for on a screen of one and of two pixels a point, and what shows small print.
WIDTHS = (480, 800, 1200, 2000)
# The one width of the format that every browser reads.
FALLBACK_WIDTH = 800
# The last ones are told what to do, instead of being passed over.
NAMED_LIKE = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".tif", ".tiff", ".avif", ".heic", ".bmp")

_FORMATS = ("JPEG", "PNG", "WEBP")
# What people try instead, by how such a file begins, and where in it that stands.
_SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"GIF8", "a GIF"),
    (0, b"BM", "a Windows bitmap"),
    (0, b"II*\0", "a TIFF"),
    (0, b"MM\0*", "a TIFF"),
    (0, b"%PDF", "a PDF"),
    (4, b"ftypavif", "an AVIF"),
    (4, b"ftyp", "a HEIC, or a film"),
)
_JPEG_QUALITY = 82
_WEBP_QUALITY = 80
_WEBP_EFFORT = 4
_SIDEWAYS = (5, 6, 7, 8)
_ORIENTATION = 0x0112
_OPAQUE = 255


class ImageError(Exception):
    """A file that no picture can be made from; `repair` says what to do."""

    def __init__(self, problem: str, repair: str) -> None:
        super().__init__(problem)
        self.repair = repair


@dataclass(frozen=True, slots=True)
class Original:
    """An image file as its author has it. Two are equal when their bytes are; it is never published."""

    sha256: str
    content: bytes = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What can be made from an original, which is upright and not larger than the largest of `WIDTHS`.

    `fingerprint` is one of the pixels, so that it tells nothing of the file that they came from. `is_graphic`
    is true for what must not lose sharpness: line art, screenshots, anything see-through.
    """

    original: Original
    width: int
    height: int
    is_graphic: bool
    fingerprint: str

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths to publish, smallest first: none is larger than the picture."""
        return (*(width for width in WIDTHS if width < self.width), self.width)

    @property
    def fallback_format(self) -> str:
        """The format for browsers that do not read WebP."""
        return "png" if self.is_graphic else "jpg"

    def height_at(self, width: int) -> int:
        """The height that belongs to a width."""
        return max(1, round(self.height * width / self.width))


def file_named(address: str) -> str:
    """Returns the name of the file that a text shows, in Unicode NFC: Markdown may percent-encode it."""
    return unicodedata.normalize("NFC", unquote(address))


def misnaming(address: str, alt: str) -> tuple[str, str] | None:
    """Returns what is wrong with how a text shows a picture, and the repair; None where nothing is."""
    if ":" in address or address.startswith("//"):
        return (
            "a picture from elsewhere would tell others who reads this page",
            "keep a copy in the article's folder, if its licence allows that",
        )
    if "/" in file_named(address) or "\\" in file_named(address) or not address:
        return "a picture lies in the folder of its article", "write the file's name alone: ![…](photo.jpg)"
    if not alt.strip():
        repair = "write between the brackets what is to be seen, for who does not see it"
        return "the picture is not described", repair
    return None


def original(content: bytes) -> Original:
    """Returns the original with these bytes."""
    return Original(hashlib.sha256(content).hexdigest(), content)


# Decoding is slow, and a preview asks again at every save. What is kept is small, and cannot be wrong: it
# follows from the bytes.
_seen: dict[str, Picture] = {}
_made: dict[tuple[str, int, str], bytes] = {}


def forget() -> None:
    """Forgets every picture: the next one asked for is made anew."""
    _seen.clear()
    _made.clear()
    _upright.cache_clear()


def picture(file: Original) -> Picture:
    """Returns what can be made from a file; raises `ImageError` where that is nothing."""
    if file.sha256 not in _seen:
        image, is_graphic = _upright(file)
        digest = hashlib.sha256(f"{image.size} {image.mode} ".encode() + image.tobytes())
        _seen[file.sha256] = Picture(
            original=file,
            width=image.width,
            height=image.height,
            is_graphic=is_graphic,
            fingerprint=digest.hexdigest()[:12],
        )
    return _seen[file.sha256]


def encoded(shown: Picture, width: int, form: str) -> bytes:
    """Returns the picture at that width as a new file; `form` is webp, jpg or png."""
    key = (shown.original.sha256, width, form)
    if key not in _made:
        _made[key] = _encoded(shown, width, form)
    return _made[key]


def _encoded(shown: Picture, width: int, form: str) -> bytes:
    from PIL import Image  # noqa: PLC0415  # 60 ms that a dossier without pictures need not pay

    image, _ = _upright(shown.original)
    if width != image.width:
        image = image.resize((width, shown.height_at(width)), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    # Pasted into a new image: nothing that hangs on the old one can be written.
    fresh = Image.new(image.mode, image.size)
    fresh.paste(image)
    if form == "webp" and shown.is_graphic:
        fresh.save(target, "WEBP", lossless=True, quality=60, method=_WEBP_EFFORT, exact=True)
    elif form == "webp":
        fresh.save(target, "WEBP", quality=_WEBP_QUALITY, method=_WEBP_EFFORT)
    elif form == "png":
        fresh.save(target, "PNG", optimize=True)
    else:
        fresh.save(target, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True)
    return target.getvalue()


@lru_cache(maxsize=1)  # each original is asked for once for every width
def _upright(file: Original) -> tuple[Image, bool]:
    """Returns the pixels as they are to be seen, in sRGB, no larger than needed; and if it is a graphic."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    with _opened(file) as found:
        is_photo = found.format in {"JPEG", "MPO"} or (found.format == "WEBP" and _is_lossy(file.content))
        full = found.size[::-1] if found.getexif().get(_ORIENTATION) in _SIDEWAYS else found.size
        # A large JPEG is decoded at a fraction of its size, which takes a fraction of the time.
        found.draft(found.mode, (WIDTHS[-1], WIDTHS[-1]))
        found.load()
        image = _in_srgb(ImageOps.exif_transpose(found))
        width = min(full[0], WIDTHS[-1])
        size = (width, max(1, round(full[1] * width / full[0])))
        if image.size != size:
            image = image.resize(size, Image.Resampling.LANCZOS)
    return image, image.mode == "RGBA" or not is_photo


def _is_lossy(content: bytes) -> bool:
    """True unless a WebP says that it lost nothing."""
    return content[12:16] != b"VP8L"


@contextmanager
def _opened(file: Original) -> Iterator[Image]:
    """Opens a file of the allowed formats, its size checked before a pixel is decoded."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415
    from PIL.Image import open as recognised  # noqa: PLC0415

    _check_kind(file.content)
    try:
        # What the library warns of is told as an issue, or does not reach the new file.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with recognised(io.BytesIO(file.content), formats=_FORMATS) as found:
                _check_size(found)
                yield found
    except Image.DecompressionBombError as error:
        raise ImageError("the picture has far too many pixels", _SMALLER) from error
    except UnidentifiedImageError as error:
        raise ImageError("this is no picture, or a damaged one", "open it in an image editor") from error
    except ImageError:
        raise
    except Exception as error:
        # A decoder of foreign bytes raises whatever it likes: OSError, SyntaxError, struct.error and more.
        problem = "the picture is damaged or cut off"
        raise ImageError(problem, "open it in an image editor and save it again") from error


_SMALLER = "make it smaller: 2,000 pixels of width are all that a page can use"
_SAVE_AS = "save it as JPEG (photographs) or PNG (drawings, screenshots)"


def _check_kind(content: bytes) -> None:
    for at, sign, name in _SIGNS:
        if content[at:].startswith(sign):
            raise ImageError(f"this is {name}, whatever it is called", _SAVE_AS)
    if content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<svg", b"<?xml", b"<!")):
        raise ImageError("this is an SVG, or another text: it may hold scripts and names", _SAVE_AS)


def _check_size(found: Image) -> None:
    width, height = found.size
    if width * height > MAX_PIXELS or max(found.size) > MAX_SIDE:
        raise ImageError(f"the picture has {width:,} × {height:,} pixels: too many", _SMALLER)
    if found.format != "MPO" and getattr(found, "is_animated", False):
        raise ImageError("the picture moves: it cannot be stopped or printed", "save one frame of it")


def _in_srgb(found: Image) -> Image:
    """Returns the pixels in the one colour space that every screen takes for granted, as RGB or RGBA."""
    from PIL import Image, ImageCms  # noqa: PLC0415

    profile = found.info.get("icc_profile")
    is_clear = found.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in found.info
    alpha = found.convert("RGBA").getchannel("A") if is_clear else None
    image = _eight_bit(found)
    if profile:
        plain = image if image.mode in {"RGB", "L", "CMYK"} else image.convert("RGB")
        # A profile that does not fit its picture is of no use to anybody.
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = (
                ImageCms.profileToProfile(plain, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
                or plain
            )
    image = image.convert("RGB")
    if alpha is None or alpha.getextrema()[0] == _OPAQUE:
        return image
    return Image.merge("RGBA", (*image.split(), alpha))


def _eight_bit(found: Image) -> Image:
    """Scales what has 16 bits a channel: converting it would cut off all that is not dark."""
    return found.point(lambda value: value / 256).convert("L") if found.mode.startswith("I") else found
