"""Forty picture files with something to give away, or something to run, in every place that a format has."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from site_builder.build import Options, build
from site_builder.images import ImageError, original, picture
from tests.hostile.secrets import readings
from tests.test_images import ARTICLE, files_of, halves, marked_exif, opened, saved

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Text = Callable[[str], str]
MARK = "Canary-7319"
RAW = MARK.encode()
SCRIPT = b"<script>trap()</script>"


def segment(marker: int, content: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def in_jpeg(*segments: bytes, image: Image.Image | None = None, **options: object) -> bytes:
    """A JPEG with those segments after its first sign."""
    plain = saved(image or halves(), "JPEG", **options)
    return plain[:2] + b"".join(segments) + plain[2:]


def in_png(*chunks: tuple[bytes, bytes], image: Image.Image | None = None, **options: object) -> bytes:
    """A PNG with those chunks before its pixels."""
    plain = saved(image or halves(), "PNG", **options)
    made = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    at = plain.index(b"IDAT") - 4
    return plain[:at] + made + plain[at:]


def iptc() -> bytes:
    """A block of IPTC with an author and a city, as Photoshop writes it."""
    records = b"".join(
        b"\x1c\x02" + bytes((number,)) + struct.pack(">H", len(RAW)) + RAW for number in (80, 90, 105, 120)
    )
    return b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(records)) + records


def profile() -> bytes:
    """A colour profile that names somebody."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return bytes(made) + RAW


def zipped() -> bytes:
    """An archive that lies behind a picture."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr(f"{MARK}.txt", MARK)
    return target.getvalue()


def described() -> PngInfo:
    """The texts of a PNG, in all three kinds of chunk."""
    made = PngInfo()
    made.add_text("Author", MARK)
    made.add_text("Comment", MARK, zip=True)
    made.add_itxt("XML:com.adobe.xmp", f"<x>{MARK}</x>")
    made.add_itxt("Location", MARK, lang=MARK, tkey=MARK, zip=True)
    return made


XMP = f"<x:xmpmeta>{MARK}</x:xmpmeta>".encode()
THUMBNAIL = saved(halves(16, 12), "JPEG", comment=RAW)
GREY, CMYK, CLEAR = halves().convert("L"), halves().convert("CMYK"), halves().convert("RGBA")
CLEAR.putpixel((0, 0), (0, 0, 0, 0))
FRAMES = [halves(), halves(60, 40).rotate(180)]

# What a picture can be made from, by the name of what it hides.
TAKEN: Mapping[str, bytes] = {
    "exif and gps": saved(halves(), "JPEG", exif=marked_exif()),
    "xmp": saved(halves(), "JPEG", xmp=XMP),
    "extended xmp": in_jpeg(segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + RAW)),
    "iptc": in_jpeg(segment(0xED, iptc())),
    "colour profile": saved(halves(), "JPEG", icc_profile=profile()),
    "comment": saved(halves(), "JPEG", comment=RAW),
    "two comments": in_jpeg(segment(0xFE, RAW), segment(0xFE, RAW[::-1] + RAW)),
    "thumbnail": in_jpeg(segment(0xE1, b"Exif\0\0" + RAW), segment(0xE0, b"JFXX\0\x10" + THUMBNAIL)),
    "maker note": in_jpeg(segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0" + RAW)),
    "unknown segments": in_jpeg(*(segment(marker, RAW) for marker in range(0xE2, 0xF0) if marker != 0xEE)),
    "bytes after the end": saved(halves(), "JPEG") + RAW,
    "a second picture behind": saved(halves(), "JPEG") + THUMBNAIL,
    "an archive behind": saved(halves(), "JPEG") + zipped(),
    "a page behind": saved(halves(), "JPEG") + b"<html>" + SCRIPT + RAW,
    "a page in a comment": saved(halves(), "JPEG", comment=SCRIPT + RAW),
    "progressive with exif": saved(halves(), "JPEG", exif=marked_exif(), progressive=True),
    "grey with comment": saved(GREY, "JPEG", comment=RAW),
    "cmyk with profile": saved(CMYK, "JPEG", comment=RAW, exif=marked_exif()),
    "png texts": saved(halves(), "PNG", pnginfo=described()),
    "png exif": saved(halves(), "PNG", exif=marked_exif()),
    "png profile": in_png((b"iCCP", RAW + b"\0\0" + zlib.compress(profile()))),
    "png private chunks": in_png((b"teSt", RAW), (b"prVt", SCRIPT + RAW), (b"tIME", b"\x07\xe6\n\x03\0\0\0")),
    "png after the end": saved(halves(), "PNG") + RAW + SCRIPT,
    "png palette": saved(halves().quantize(4), "PNG", pnginfo=described()),
    "png see-through": saved(CLEAR, "PNG", pnginfo=described(), exif=marked_exif()),
    "png of 16 bits": saved(Image.new("I;16", (60, 40), 900), "PNG", pnginfo=described()),
    "webp": saved(halves(), "WEBP", exif=marked_exif(), xmp=XMP, icc_profile=profile()),
    "webp lossless": saved(halves(), "WEBP", exif=marked_exif(), xmp=XMP, lossless=True),
    "webp see-through": saved(CLEAR, "WEBP", exif=marked_exif(), xmp=XMP),
}  # fmt: skip
# What none is made from, because it moves, runs, or cannot be looked into.
REFUSED: Mapping[str, bytes] = {
    "gif comment": saved(halves().quantize(4), "GIF", comment=RAW),
    "moving gif": saved(FRAMES[0], "GIF", save_all=True, append_images=FRAMES[1:], comment=RAW),
    "moving webp": saved(FRAMES[0], "WEBP", save_all=True, append_images=FRAMES[1:], xmp=XMP),
    "moving png": saved(FRAMES[0], "PNG", save_all=True, append_images=FRAMES[1:]) + RAW,
    "tiff": saved(halves(), "TIFF", description=MARK),
    "avif": saved(halves(), "AVIF", exif=marked_exif(), xmp=XMP),
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + RAW,
    "bitmap": saved(halves(), "BMP") + RAW,
    "svg with a script": b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + RAW + b"</svg>",
    "svg behind a mark": b"\xef\xbb\xbf \n<?xml version='1.0'?><svg onload='trap()'>" + RAW + b"</svg>",
    "pdf with a script": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(trap())>>>>" + RAW,
    "a page": b"<!doctype html>" + SCRIPT + RAW,
    "cut off": saved(halves(600, 400), "JPEG", comment=RAW)[:-700],
    "no picture": RAW * 40,
}  # fmt: skip


def test_there_are_forty() -> None:
    """There are forty files with sixty markers, each of which its file does hold."""
    files = {**TAKEN, **REFUSED}
    assert 40 <= len(files)
    counts = {
        name: sum(reading.count(RAW) for reading in readings(content)) for name, content in files.items()
    }
    assert 60 <= sum(counts.values())
    silent = {name for name, count in counts.items() if not count}
    assert silent <= {"avif", "cut off", "png exif", "webp", "webp lossless", "webp see-through"}


@pytest.mark.parametrize("name", TAKEN)
def test_no_published_file_holds_a_marker(name: str) -> None:
    """Every file made of it has the pixels, and no marker in any part, packed or not."""
    content = TAKEN[name]
    for published in files_of(picture(original(content))):
        assert not any(RAW in reading or b"trap()" in reading for reading in readings(published))
        found = opened(published)
        assert (60, 40) == found.size
        assert {} == dict(found.getexif())
        kept = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression", "dpi"}
        assert set(found.info) <= {*kept, "loop", "background", "timestamp", "duration", "transparency"}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_plain_picture_is_refused(name: str) -> None:
    """Whatever it is called, it is told, and no file is made of it."""
    with pytest.raises(ImageError) as told:
        picture(original(REFUSED[name]))
    assert told.value.repair
    assert MARK not in f"{told.value} {told.value.repair}"


def test_pictures_are_published_under_names_of_ours(lay: Lay, sound_text: Text) -> None:
    """Neither the file's name, which may name somebody, nor its bytes stand anywhere in the site."""
    name = "IMG-20221003-Ivan-Petrov.jpg"
    content = TAKEN["exif and gps"] + RAW
    text = sound_text(f"{ARTICLE}/index.md").replace(
        "regions:", f"images:\n  - {{file: {name}, credit: The Gazette, licence: CC BY 4.0}}\nregions:"
    )
    project = lay({f"{ARTICLE}/index.md": f"{text}\n![A bridge]({name})\n", f"{ARTICLE}/{name}": content})
    built = build(Options(project=project, output=project / "public"))
    assert built.written, list(built.checked.issues)
    files = [path for path in (project / "public").rglob("*") if path.is_file()]
    assert [path for path in files if path.suffix == ".webp"]
    for path in files:
        assert "petrov" not in path.name.lower()
        assert not any(b"Petrov" in reading or RAW in reading for reading in readings(path.read_bytes())), (
            path
        )
