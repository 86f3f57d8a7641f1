"""Pictures: made anew from their pixels, upright, never enlarged, never with anything else of their file."""

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from site_builder import images
from site_builder.build import Options, build
from site_builder.images import ImageError, Picture, encoded, original, picture

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Text = Callable[[str], str]
ARTICLE = "articles/gazette-bridge-count"
CANARY = "Canary-7319"
RED, BLUE = (200, 30, 30), (30, 30, 200)


def halves(width: int = 60, height: int = 40) -> Image.Image:
    """A picture whose left half is red and whose right half is blue."""
    made = Image.new("RGB", (width, height), BLUE)
    made.paste(RED, (0, 0, width // 2, height))
    return made


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    """The bytes of an image file."""
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def opened(content: bytes) -> Image.Image:
    """The picture in the bytes of a file."""
    found = Image.open(io.BytesIO(content))
    found.load()
    return found


def files_of(made: Picture) -> Iterator[bytes]:
    """Every file that is published of a picture."""
    for width in made.widths:
        yield encoded(made, width, "webp")
    yield encoded(made, min(images.FALLBACK_WIDTH, made.width), made.fallback_format)


def marked_exif() -> Image.Exif:
    """EXIF with a place, a name, a camera and a preview, all of them canaries."""
    exif = Image.Exif()
    exif[0x010F] = exif[0x013B] = exif[0x9C9D] = CANARY
    exif.get_ifd(0x8825).update({1: "N", 2: (54.0, 44.0, 7.319), 29: CANARY})
    exif.get_ifd(0x8769)[0x927C] = CANARY.encode()
    return exif


def marked() -> dict[str, bytes]:
    """Files that carry a canary wherever their format has room for one."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    named = profile.replace(b"sRGB", b"CNRY") + CANARY.encode()
    text = PngInfo()
    text.add_text("Author", CANARY)
    text.add_itxt("XML:com.adobe.xmp", f"<x>{CANARY}</x>", zip=True)
    xmp = f"<x:xmpmeta>{CANARY}</x:xmpmeta>".encode()
    exif = marked_exif()
    return {
        "jpeg": saved(
            halves(), "JPEG", exif=exif, comment=CANARY.encode(), xmp=xmp, icc_profile=named, quality=95
        )
        + CANARY.encode(),
        "png": saved(halves(), "PNG", exif=exif, pnginfo=text, icc_profile=named) + CANARY.encode(),
        "webp": saved(halves(), "WEBP", exif=exif, xmp=xmp, icc_profile=named),
    }


@pytest.mark.parametrize("form", ["jpeg", "png", "webp"])
def test_nothing_but_pixels_survives(form: str) -> None:
    """EXIF with its place, XMP, comments, profiles and what follows the end are in no published file."""
    content = marked()[form]
    assert CANARY.encode() in content
    for published in files_of(picture(original(content))):
        assert CANARY.encode() not in published
        assert not re.search(rb"Exif|EXIF|eXIf|ICC|iCCP|XMP|xmp|tEXt|iTXt|zTXt|\xff\xfe", published)
        found = opened(published)
        assert {} == dict(found.getexif())
        assert set() == {"exif", "xmp", "icc_profile", "comment", "Author"} & set(found.info)


@pytest.mark.parametrize("orientation, left", [(1, RED), (2, BLUE), (3, BLUE), (4, RED)])
def test_a_mirrored_or_upturned_picture_is_set_right(orientation: int, left: tuple[int, int, int]) -> None:
    """The pixels are turned as the camera asked for, because the note of it does not survive."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = picture(original(saved(halves(), "JPEG", exif=exif, quality=95)))
    assert (60, 40) == (made.width, made.height)
    assert left == pytest.approx(opened(encoded(made, 60, "jpg")).getpixel((5, 20)), abs=12)


@pytest.mark.parametrize("orientation, top", [(5, RED), (6, RED), (7, BLUE), (8, BLUE)])
def test_a_picture_taken_sideways_is_turned(orientation: int, top: tuple[int, int, int]) -> None:
    """Width and height change places with it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = picture(original(saved(halves(), "JPEG", exif=exif, quality=95)))
    assert (40, 60) == (made.width, made.height)
    assert top == pytest.approx(opened(encoded(made, 40, "jpg")).getpixel((20, 5)), abs=12)


@pytest.mark.parametrize(
    "width, widths",
    [(60, (60,)), (480, (480,)), (481, (480, 481)), (1000, (480, 800, 1000)), (5000, images.WIDTHS)],
)
def test_a_picture_is_never_enlarged(width: int, widths: tuple[int, ...]) -> None:
    """The widths are those that the picture has room for, and its own where it is below the largest."""
    made = picture(original(saved(halves(width, 100), "JPEG")))
    assert widths == made.widths
    assert widths == tuple(opened(encoded(made, one, "webp")).width for one in widths)


def test_colours_of_another_space_are_brought_into_srgb() -> None:
    """A profile is used before it is dropped: without that, every colour would be another one."""
    swapped = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    at = {bytes(swapped[i : i + 4]): i for i in range(132, 132 + 12 * 20, 12)}
    red, blue = at[b"rXYZ"], at[b"bXYZ"]
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    made = picture(original(saved(halves(), "PNG", icc_profile=bytes(swapped))))
    found = opened(encoded(made, 60, "png")).getpixel((5, 5))
    assert pytest.approx(BLUE, abs=12) == found


def test_a_graphic_keeps_every_pixel() -> None:
    """What was a PNG comes out as it went in: letters in a screenshot stay sharp."""
    made = picture(original(saved(halves(), "PNG")))
    assert "png" == made.fallback_format
    for form in ("png", "webp"):
        assert halves().tobytes() == opened(encoded(made, 60, form)).convert("RGB").tobytes()


def test_what_is_see_through_stays_so() -> None:
    """The page's colour shines through, in light and in dark."""
    made = picture(original(saved(Image.new("RGBA", (9, 9), (200, 30, 30, 90)), "PNG")))
    assert ((200, 30, 30, 90),) * 2 == tuple(
        opened(encoded(made, 9, form)).getpixel((4, 4)) for form in ("png", "webp")
    )


@pytest.mark.parametrize("mode", ["L", "LA", "P", "CMYK", "1", "I;16"])
def test_every_kind_of_pixel_is_read(mode: str) -> None:
    """Grey, indexed, print colours and deep grey become what a screen shows: grey as bright as it was."""
    grey = Image.new("L", (9, 9), 255)
    deep = Image.new("I;16", (9, 9), 65535) if mode == "I;16" else grey.convert(mode)
    made = picture(original(saved(deep, "JPEG" if mode == "CMYK" else "PNG")))
    assert (255, 255, 255) == opened(encoded(made, 9, made.fallback_format)).getpixel((4, 4))


def test_the_same_file_gives_the_same_bytes() -> None:
    """Made twice, from nothing remembered, a published file is equal to the last byte."""

    def once() -> list[bytes]:
        images.forget()
        return list(files_of(picture(original(marked()["jpeg"]))))

    assert once() == once()


def test_the_fingerprint_is_of_the_pixels() -> None:
    """Whoever has the original cannot tell from an address that it was this very file."""
    one = picture(original(saved(halves(), "PNG")))
    other = picture(original(saved(halves(), "PNG") + b"and more"))
    assert one.original != other.original
    assert one.fingerprint == other.fingerprint


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is that large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content, problem",
    [
        (claims(200_000, 200_000), "far too many pixels"),
        (claims(9_000, 9_000), "9,000 × 9,000 pixels"),
        (claims(1, 20_000), "1 × 20,000 pixels"),
        (claims(100, 100), "damaged or cut off"),
        (saved(halves(), "JPEG")[:400], "damaged or cut off"),
        (saved(halves(), "WEBP")[:60], "damaged or cut off"),
        (b"", "no picture"),
        (b"Not a picture.", "no picture"),
        (saved(halves(), "GIF"), "a GIF"),
        (saved(halves(), "TIFF"), "a TIFF"),
        (saved(halves(), "BMP"), "a Windows bitmap"),
        (b"%PDF-1.7", "a PDF"),
        (b"\0\0\0\x1cftypavif", "an AVIF"),
        (b"\0\0\0\x1cftypheic", "a HEIC"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><svg/>", "an SVG"),
        (saved(halves(), "PNG", save_all=True, append_images=[Image.new("RGB", (60, 40))]), "moves"),
        (saved(halves(), "WEBP", save_all=True, append_images=[Image.new("RGB", (60, 40))]), "moves"),
    ],
)
def test_what_no_picture_can_be_made_from(content: bytes, problem: str) -> None:
    """A bomb is refused by its head, other formats by their signs, the rest when it cannot be decoded."""
    with pytest.raises(ImageError, match=problem) as told:
        picture(original(content))
    assert told.value.repair


DECLARED = "curated: 2021-04-02\nimages:\n  - {file: My gate.jpg, credit: Anna Reed, licence: CC BY 4.0}\n"


def with_picture(lay: Lay, text: Text, extra: str = "") -> Path:
    """A sound dossier, one of whose digests shows a picture full of canaries."""
    digest = text(f"{ARTICLE}/index.md").replace("curated: 2021-04-02\n", DECLARED + extra)
    shown = digest + "\n![The gate, closed](<My gate.jpg>)\n"
    return lay({f"{ARTICLE}/index.md": shown, f"{ARTICLE}/My gate.jpg": marked()["jpeg"]})


def published(project: Path) -> dict[str, bytes]:
    """Every file of the site."""
    built = build(Options(project=project, output=project / "public", base_url=""))
    assert built.written, list(built.checked.issues)
    site = project / "public"
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def test_an_original_is_never_copied(lay: Lay, sound_text: Text) -> None:
    """Neither the file, nor its name, nor a word in it is anywhere on the site; the picture is."""
    site = published(with_picture(lay, sound_text))
    pictures = [path for path in site if path.startswith("images/")]
    assert {".jpg", ".webp"} == {Path(path).suffix for path in pictures}
    for path, content in site.items():
        assert CANARY.encode() not in content, path
        assert not re.search(rb"My(?: |%20)gate", content), path
        assert content != marked()["jpeg"], path


def test_a_page_names_the_files_that_there_are(lay: Lay, sound_text: Text) -> None:
    """Each picture of a page is a published file, and the other way round; size and description are said."""
    site = published(with_picture(lay, sound_text))
    page = site["articles/gazette-bridge-count.html"].decode()
    named = set(re.findall(r"\.\./(images/[^\s\"]+)", page))
    assert {path for path in site if path.startswith("images/")} == named
    assert 'alt="The gate, closed" width="60" height="40" loading="lazy" decoding="async"' in page
    assert "Anna Reed" in page
    assert "CC BY 4.0" in page


def test_a_draft_keeps_its_pictures_back(lay: Lay, sound_text: Text) -> None:
    """A picture belongs to its article: with a draft beside it, the site is the same to the last file."""
    project = with_picture(lay, sound_text)
    before = published(project)
    secret = project / "content/articles/secret"
    secret.mkdir()
    (secret / "gate.jpg").write_bytes(saved(halves(30, 30), "JPEG"))
    front = sound_text(f"{ARTICLE}/index.md").partition("\n---\n")[0].replace("- county-survey", "")
    declared = "draft: true\nimages: [{file: gate.jpg, credit: A, licence: B}]\n---\n![C](gate.jpg)\n"
    (secret / "index.md").write_text(f"{front}\n{declared}", encoding="utf-8")
    assert before == published(project)


def test_pictures_may_be_kept_for_ever(lay: Lay, sound_text: Text) -> None:
    """Their names change with their pixels, and hosts are told so; where there are none, nothing is said."""
    with_one = published(with_picture(lay, sound_text))["_headers"].decode()
    assert "/images/*\n  Cache-Control: public, max-age=31536000, immutable\n" in with_one


def test_a_dossier_without_pictures_says_nothing_of_them(lay: Lay) -> None:
    """Neither a folder nor a rule for it."""
    site = published(lay({}))
    assert [] == [path for path in site if path.startswith("images/")]
    assert b"/images/" not in site["_headers"]
