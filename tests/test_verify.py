"""The list of a site, its signature, and what is found out about a copy that is not the original."""

import json
import os
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from site_builder import verify as verifying
from site_builder.build import Options, build
from site_builder.cli import main
from site_builder.plan import addresses
from site_builder.render import PREVIEW, manifest
from site_builder.serve.builds import NOTHING, rebuild
from site_builder.verify import ListError, read_manifest, verify
from site_builder.write import OWNERSHIP

Lay = Callable[[Mapping[str, str | bytes | None]], Path]

ROOT = Path(__file__).resolve().parent.parent
BASE = Path(__file__).resolve().parent / "broken_sites" / "base"
NAME = "editors@bridges.example"
# What `make test` has time for; tests/torture tries more.
TAMPERINGS = 60


def run(*args: object) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [str(arg) for arg in args])


@dataclass(frozen=True)
class Signed:
    """A signed site of release 2, the same dossier's site of release 1, and two keys."""

    site: Path
    older: Path
    key: Path
    stranger: Path
    signers: Path


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    """Two releases of a dossier, each built and signed with one key."""
    return make_signed(tmp_path_factory.mktemp("signed"))


def make_signed(folder: Path) -> Signed:
    """Make two signed releases of a dossier below a folder."""
    project = folder / "project"
    shutil.copytree(BASE, project)
    for name in ("key", "stranger"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", NAME, "-f", str(folder / name)]
        subprocess.run(command, check=True)
    signers = folder / "allowed_signers"
    signers.write_text(f"{NAME} {(folder / 'key.pub').read_text(encoding='utf-8')}", encoding="utf-8")
    for site, change in (("older", ""), ("site", "\nMore words.\n")):
        about = project / "content/pages/about.md"
        about.write_text(about.read_text(encoding="utf-8") + change, encoding="utf-8")
        assert 0 == run("release", "-C", project).exit_code
        assert 0 == run("build", "-C", project, "-o", folder / site).exit_code
        told = run("sign", folder / site, "--key", folder / "key")
        assert (0, "") == (told.exit_code, told.stderr)
    return Signed(folder / "site", folder / "older", folder / "key", folder / "stranger", signers)


@pytest.fixture
def copy(signed: Signed, tmp_path: Path) -> Path:
    """A copy of the signed site, to be tampered with."""
    return copied(signed.site, tmp_path / "copy")


def copied(site: Path, target: Path) -> Path:
    """Copy a site; its files are linked, so they are replaced and never written into."""
    return Path(shutil.copytree(site, target, copy_function=os.link))


def put(path: Path, content: bytes) -> None:
    """Replace a file."""
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def packed(site: Path) -> Path:
    """A ZIP file of a folder, as anybody makes one."""
    with zipfile.ZipFile(site.with_suffix(".zip"), "w") as made:
        for path in site.rglob("*"):
            if path.is_file():
                made.write(path, f"copy/{path.relative_to(site).as_posix()}")
    return site.with_suffix(".zip")


def sign_by_hand(copy: Path, key: Path, namespace: str) -> None:
    """Sign the list as it stands."""
    (copy / "manifest.json.sig").unlink(missing_ok=True)
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", namespace, str(copy / "manifest.json")]
    subprocess.run(command, check=True, capture_output=True)


def remade(copy: Path) -> bytes:
    """The list as a forger makes it anew for the files that are there."""
    found = json.loads((copy / "manifest.json").read_bytes())
    files = [path for path in sorted(copy.rglob("*")) if path.is_file() and "manifest" not in path.name]
    found["files"] = [
        {
            "path": path.relative_to(copy).as_posix(),
            "size": path.stat().st_size,
            "sha256": sum_of(path),
        }
        for path in files
        if path.name != OWNERSHIP
    ]
    found["files"].sort(key=lambda entry: entry["path"])
    return json.dumps(found).encode()


def sum_of(path: Path) -> str:
    """The sum of a file, by a program that is not ours."""
    done = subprocess.run(["sha256sum", "-b", str(path)], check=True, capture_output=True, text=True)
    return done.stdout.lstrip("\\").split()[0]


@dataclass(frozen=True)
class Chosen:
    """A copy to tamper with: two of its files, the bytes of the first, and a place in them."""

    copy: Path
    signed: Signed
    chance: random.Random
    one: Path
    other: Path
    content: bytes
    at: int

    @property
    def manifest(self) -> Path:
        """The list of the copy."""
        return self.copy / "manifest.json"

    @property
    def signature(self) -> Path:
        """The signature of the copy."""
        return self.copy / "manifest.json.sig"


def exchange(chosen: Chosen) -> None:
    """Give two files each other's name."""
    other = chosen.signature if chosen.content == chosen.other.read_bytes() else chosen.other
    between = chosen.one.with_name("between")
    chosen.one.rename(between)
    other.rename(chosen.one)
    between.rename(other)


def change(chosen: Chosen) -> None:
    """Turn one bit of a file."""
    content, at = bytearray(chosen.content), chosen.at
    content[at] ^= 1 << chosen.chance.randrange(8)
    put(chosen.one, bytes(content))


def link(chosen: Chosen) -> None:
    """Put a link to the very same bytes in the place of a file."""
    chosen.one.unlink()
    chosen.one.symlink_to(chosen.signed.site / chosen.one.relative_to(chosen.copy))


def reorder(chosen: Chosen) -> None:
    """Exchange two lines of the list."""
    lines = chosen.manifest.read_bytes().splitlines(keepends=True)
    first, second = chosen.chance.sample(range(12, len(lines) - 4), 2)
    lines[first], lines[second] = lines[second], lines[first]
    put(chosen.manifest, b"".join(lines))


def forge(chosen: Chosen) -> None:
    """Change a file and make the list anew."""
    put(chosen.one, chosen.content + b"<!-- -->")
    put(chosen.manifest, remade(chosen.copy))


def renumber(chosen: Chosen) -> None:
    """Give the list a higher number."""
    put(chosen.manifest, chosen.manifest.read_bytes().replace(b'"sequence": 2', b'"sequence": 3'))


def replace_by_older(chosen: Chosen) -> None:
    """Put the whole of an older release there."""
    shutil.rmtree(chosen.copy)
    copied(chosen.signed.older, chosen.copy)


def sign_for_another_use(chosen: Chosen) -> None:
    """Sign with the right key what it is good for elsewhere."""
    names = ("file", "git", "site-builder2", "Site-Builder")
    sign_by_hand(chosen.copy, chosen.signed.key, chosen.chance.choice(names))


TAMPERING: Mapping[str, Callable[[Chosen], object]] = {
    "added": lambda its: put(its.one.with_name(f"{its.chance.randrange(10**6)}.html"), its.content),
    "changed": change,
    "cut": lambda its: put(its.one, its.content[: its.at]),
    "exchanged": exchange,
    "lengthened": lambda its: put(its.one, its.content + b"\n"),
    "link": link,
    "new list": forge,
    "new number": renumber,
    "no list": lambda its: its.manifest.unlink(),
    "no signature": lambda its: its.signature.unlink(),
    "older": replace_by_older,
    "older list": lambda its: put(its.manifest, (its.signed.older / its.manifest.name).read_bytes()),
    "older signature": lambda its: put(its.signature, (its.signed.older / its.signature.name).read_bytes()),
    "other key": lambda its: sign_by_hand(its.copy, its.signed.stranger, "site-builder"),
    "other namespace": sign_for_another_use,
    "removed": lambda its: its.one.unlink(),
    "renamed": lambda its: its.one.rename(its.one.with_name(f"{its.one.name}.html")),
    "reordered list": reorder,
}


def tamper(copy: Path, signed: Signed, chance: random.Random) -> str:
    """Do one thing to a copy that must be found out; returns what."""
    listed = [copy / one for one in read_manifest((copy / "manifest.json").read_bytes()).files]
    one, other = chance.sample([path for path in listed if path.stat().st_size], 2)
    content = one.read_bytes()
    kind = chance.choice(sorted(TAMPERING))
    TAMPERING[kind](Chosen(copy, signed, chance, one, other, content, chance.randrange(len(content))))
    return kind


def is_found_out(number: int, chance: random.Random, signed: Signed, folder: Path) -> tuple[str, bool]:
    """Tamper with a copy once; returns how, and whether it is refused. Each third copy is a ZIP file."""
    copy = copied(signed.site, folder / f"copy-{number}")
    kind = tamper(copy, signed, chance)
    place = packed(copy) if number % 3 == 0 and kind != "link" else copy
    verdict = verify(place, signed.signers, at_least=2)
    shutil.rmtree(copy)
    return kind, not verdict.is_whole


def test_tampering_is_found_out(signed: Signed, tmp_path: Path) -> None:
    """Whatever is done to a copy, its list or its signature, the copy is refused."""
    chance = random.Random(53)  # noqa: S311  # cases, not keys
    tried = [is_found_out(number, chance, signed, tmp_path) for number in range(TAMPERINGS)]
    assert [] == [kind for kind, is_found in tried if not is_found]
    assert len({kind for kind, _ in tried}) >= len(TAMPERING) - 2


def test_a_true_copy_is_accepted(signed: Signed, tmp_path: Path) -> None:
    """A copy is whole, in a folder and in a ZIP file, and the signer is named."""
    copy = copied(signed.site, tmp_path / "copy")
    for place in (signed.site, copy, packed(copy)):
        told = run("verify", place, "--signed-by", signed.signers, "--at-least", "2")
        assert (0, "") == (told.exit_code, told.stderr)
        assert f"signed by {NAME}" in told.stdout
        assert ", release 2\n" in told.stdout


def test_every_difference_is_named(copy: Path) -> None:
    """What is changed, missing, extra or renamed is told by its path, all at once, and the exit code is 1."""
    put(copy / "index.html", b"Nothing.")
    put(copy / "planted.html", b"Forged.")
    (copy / "404.html").unlink()
    (copy / "robots.txt").rename(copy / "moved.txt")
    told = run("verify", copy)
    assert 1 == told.exit_code
    assert [
        "  changed: index.html",
        "  extra: planted.html",
        "  missing: 404.html",
        "  renamed: robots.txt is now moved.txt",
    ] == sorted(told.stdout.splitlines()[1:])


def test_an_older_release_is_refused(signed: Signed) -> None:
    """A lower number than the one asked for is told, though the signature is good."""
    told = run("verify", signed.older, "--signed-by", signed.signers, "--at-least", "2")
    expected = (
        f"{signed.older} is not the site that was asked for:\n  older: its list has the number 1, and 2 was"
    )
    assert (1, expected) == (told.exit_code, told.stdout[: len(expected)])


def test_signers_from_the_copy_are_refused(copy: Path, signed: Signed) -> None:
    """A list of signers that lies in the copy vouches for nothing, and using it is an error."""
    put(copy / "allowed_signers", signed.signers.read_bytes())
    told = run("verify", copy, "--signed-by", copy / "allowed_signers")
    assert 2 == told.exit_code
    assert "lies in the copy" in told.stderr


@pytest.mark.parametrize("place", ["nowhere", "a.txt"])
def test_what_is_no_copy_is_told(place: str, tmp_path: Path) -> None:
    """A path where nothing lies, and a file that is no ZIP file, are wrong use."""
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    told = run("verify", tmp_path / place)
    assert 2 == told.exit_code
    assert str(tmp_path / place) in told.stderr


def test_a_list_has_every_file_and_its_form(signed: Signed) -> None:
    """The list fits its schema and holds all files of the site, in order, with their sums."""
    found = json.loads((signed.site / "manifest.json").read_bytes())
    jsonschema.validate(found, json.loads((ROOT / "docs/manifest.schema.json").read_text(encoding="utf-8")))
    unlisted = {"manifest.json", "manifest.json.sig", OWNERSHIP}
    files = {path.relative_to(signed.site).as_posix() for path in signed.site.rglob("*") if path.is_file()}
    assert sorted(files - unlisted) == [entry["path"] for entry in found["files"]]
    sums = {entry["path"]: entry["sha256"] for entry in found["files"]}
    for path in ("index.html", "robots.txt"):
        assert sum_of(signed.site / path) == sums[path]
    head = {name: value for name, value in found.items() if name != "files"}
    assert {
        "format": "site-builder-manifest",
        "version": 1,
        "title": "Bridges of the Ost",
        "base_url": "https://bridges.example/",
        "edition": "2021-06-01",
        "sequence": 2,
        "is_release": True,
    } == head


def test_a_list_says_that_the_site_has_changed_since_its_release(signed: Signed) -> None:
    """A site that says anything else than its last release keeps that number, and says that it is none.

    Without a signature, the answer says that the list may be anybody's; and signing warns of the number.
    """
    project, unreleased = signed.site.parent / "project", signed.site.parent / "unreleased"
    about = project / "content/pages/about.md"
    before = about.read_text(encoding="utf-8")
    about.write_text(before + "\nUnreleased.\n", encoding="utf-8")
    build(Options(project=project, output=unreleased))
    about.write_text(before, encoding="utf-8")
    found = json.loads((unreleased / "manifest.json").read_bytes())
    assert (2, False) == (found["sequence"], found["is_release"])
    told = run("verify", unreleased).stdout
    assert "release 2, changed since\n" in told
    assert "nobody has signed it" in told
    assert "site-builder release" in run("sign", unreleased, "--key", signed.key).stderr


def test_a_rehearsal_is_told_and_not_signed(signed: Signed, tmp_path: Path) -> None:
    """A site of another moment, in a folder or packed, has that moment in its list until it is built anew."""
    project, site = signed.site.parent / "project", tmp_path / "site"
    ahead = ("build", "-C", project, "-o", site, "--now", "2030-12-01T09:00+01:00", "--zip")
    assert "A rehearsal of 2030-12-01 08:00 UTC" in run(*ahead).stdout
    found = "rehearsal: these are pages of 2030-12-01T08:00:00+00:00, built ahead"
    for place in (site, site.with_name("site.zip")):
        told = run("verify", place)
        assert (1, True) == (told.exit_code, found in told.stdout)
        refused = run("sign", place, "--key", signed.key)
        assert (1, True) == (refused.exit_code, found in refused.stderr)
    assert "A rehearsal of 2030-12-01 08:00 UTC" in run(*ahead[:-1]).stdout
    assert 0 == run(*ahead[:5]).exit_code
    assert 0 == run("sign", site, "--key", signed.key).exit_code


def _manifest(**changes: object) -> bytes:
    entry = {"path": "a.html", "size": 1, "sha256": "0" * 64}
    whole = {"format": "site-builder-manifest", "version": 1, "sequence": 1, "files": [entry], **changes}
    return json.dumps(whole).encode()


def _entries(*entries: Mapping[str, object]) -> bytes:
    return _manifest(files=[{"path": "a.html", "size": 1, "sha256": "0" * 64, **one} for one in entries])


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"format": "site-builder-manifest", "format": "site-builder-manifest", "version": 1, "files": []}',
        _manifest(version=2),
        _manifest(version=None),
        _manifest(format="manifest"),
        _manifest(sequence=-1),
        _manifest(sequence=True),
        _manifest(sequence="2"),
        _manifest(files={}),
        _manifest(files=["a.html"]),
        _entries({"path": "b"}, {"path": "a"}),
        _entries({}, {}),
        *(_entries({"path": path}) for path in ("", "/a", "../a", "a/../b", "a/./b", "a//b", "a/", "a\\b")),
        *(
            _entries({"path": path})
            for path in ("C:a", "a\0", "a\n", "manifest.json", "manifest.json.sig", 7)
        ),
        *(_entries({"size": size}) for size in (-1, 1.5, "1", True, None)),
        *(
            _entries({"sha256": digest})
            for digest in ("", "0" * 63, "0" * 65, "A" * 64, None, "0" * 64 + "\n")
        ),
        _entries({"mode": 1}),
    ],
)
def test_a_list_that_is_none_is_refused(text: bytes) -> None:
    """What is no JSON, says a thing twice, or names what no site has, is no list."""
    with pytest.raises(ListError):
        read_manifest(text)


def test_a_sound_list_is_read() -> None:
    """The list that the others are spoilt forms of is sound."""
    assert {"a.html"} == set(read_manifest(_manifest(further="field")).files)


def _spoilt(copy: Path, entries: Iterator[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    with zipfile.ZipFile(packed(copy), "a") as made:
        for name, content in entries:
            made.writestr(name, content)
    return copy.with_suffix(".zip")


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning:zipfile")
@pytest.mark.parametrize("name", ["copy/index.html", "copy/new.html", "../escaped.html", "beside.html"])
def test_entries_beside_the_list_are_found_in_an_archive(name: str, copy: Path) -> None:
    """A second entry of a name, and one more within the folder or outside of it, is told."""
    told = run("verify", _spoilt(copy, iter([(name, b"Forged.")])))
    assert 1 == told.exit_code


def test_a_link_in_an_archive_is_found(copy: Path) -> None:
    """An entry that unpacks into a link is no file of the site."""
    link = zipfile.ZipInfo("copy/robots.txt")
    link.external_attr = 0o120777 << 16
    content = (copy / "robots.txt").read_bytes()
    (copy / "robots.txt").unlink()
    verdict = verify(_spoilt(copy, iter([(link, content)])))
    assert [("odd", "copy/robots.txt")] == [(one.kind, one.what) for one in verdict.findings]


def test_an_archive_is_not_unpacked_further_than_listed(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a file that unfolds into more than its listed size, little more than that is read."""
    (copy / "robots.txt").unlink()
    bomb = _spoilt(copy, iter([("copy/robots.txt", b"0" * 50_000_000)]))
    read = []
    measured = zipfile.ZipExtFile.read

    def counted(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        found = measured(self, n)
        read.append(len(found))
        return found

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    assert ["changed"] == [one.kind for one in verify(bomb).findings]
    assert max(read) <= 2**20


def test_a_damaged_archive_is_told(copy: Path) -> None:
    """Bytes that cannot be unpacked are a changed file, and no fault of ours."""
    archive = packed(copy)
    content = bytearray(archive.read_bytes())
    at = content.index((copy / "robots.txt").read_bytes())
    content[at : at + 20] = bytes(20)
    archive.write_bytes(content)
    assert ["changed: robots.txt"] == [f"{one.kind}: {one.what}" for one in verify(archive).findings]


def test_what_a_copy_says_cannot_steer_the_terminal(copy: Path) -> None:
    """Signs that a terminal obeys are not printed, neither from names nor from the list."""
    found = json.loads((copy / "manifest.json").read_bytes())
    put(copy / "manifest.json", json.dumps({**found, "title": "\x1b[2J\u202e"}).encode())
    assert "\x1b" not in run("verify", copy).stdout
    put(copy / "a\x1b[2J\n.html", b"")
    assert "\x1b" not in run("verify", copy).stdout


# ---------------------------------------------------------------- by a reader, alone


def test_a_reader_needs_one_file(signed: Signed, tmp_path: Path) -> None:
    """The checker runs from an empty folder with nothing but Python, and gives the same answers."""
    checker = shutil.copy(verifying.__file__, tmp_path / "verify.py")
    for site, code in ((signed.site, 0), (signed.older, 1)):
        command = [sys.executable, "-I", "-S", "-W", "error", str(checker), str(site), "--at-least", "2"]
        done = subprocess.run(
            [*command, "--signed-by", str(signed.signers)], capture_output=True, text=True, check=False
        )
        assert (code, "") == (done.returncode, done.stderr)
        assert run("verify", site, "--at-least", "2", "--signed-by", signed.signers).stdout == done.stdout


def test_the_checker_and_the_builder_mean_the_same() -> None:
    """The one-file checker repeats the names of what the builder writes; they are equal."""
    assert (addresses.MANIFEST, addresses.SIGNATURE) == (verifying.MANIFEST, verifying.SIGNATURE)
    assert (manifest.FORMAT, manifest.VERSION) == (verifying.FORMAT, verifying.VERSION)


def test_the_documented_line_checks_a_signature(signed: Signed) -> None:
    """The call of ssh-keygen in docs/verifying.md accepts the good list, and no other."""
    text = (ROOT / "docs/verifying.md").read_text(encoding="utf-8")
    (line,) = [line for line in text.splitlines() if line.startswith("ssh-keygen -Y verify ")]
    line = line.replace("allowed_signers", str(signed.signers)).replace("editors@example.org", NAME)
    other = line.replace("< manifest.json", "< robots.txt")
    for command, is_good in ((line, True), (other, False)):
        done = subprocess.run(["sh", "-c", command], cwd=signed.site, check=False, capture_output=True)
        assert is_good == (done.returncode == 0)


# ---------------------------------------------------------------- signing


def test_a_signature_stays_as_long_as_nothing_changes(lay: Lay, signed: Signed) -> None:
    """An unchanged build keeps the signature and packs it; a changed one removes it and says so."""
    project = lay({})
    public = project / "public"
    run("build", "-C", project)
    assert 0 == run("sign", public, "--key", signed.key).exit_code
    signature = (public / "manifest.json.sig").read_bytes()
    told = run("build", "-C", project, "--zip")
    assert "(nothing had changed)" in told.stdout
    assert signature == (public / "manifest.json.sig").read_bytes()
    assert verify(project / "public.zip", signed.signers).is_whole
    lay({"actors/guild.yaml": "type: group\nname: The guild\n"})
    told = run("build", "-C", project)
    assert "The signature is gone with the site that it was for" in told.stdout
    assert not (public / "manifest.json.sig").exists()


def test_an_archive_is_signed_as_a_folder_is(lay: Lay, signed: Signed) -> None:
    """A ZIP file gets the signature into it; nothing else in it changes."""
    project = lay({})
    run("build", "-C", project, "--zip")
    before = zipfile.ZipFile(project / "public.zip")
    names = before.namelist()
    contents = {name: before.read(name) for name in names}
    told = run("sign", project / "public.zip", "--key", signed.key)
    assert 0 == told.exit_code
    after = zipfile.ZipFile(project / "public.zip")
    (added,) = set(after.namelist()) - set(names)
    assert added.endswith("/manifest.json.sig")
    assert contents == {name: after.read(name) for name in names}
    assert verify(project / "public.zip", signed.signers).is_whole


def test_a_copy_that_we_did_not_build_is_signed_in_place(copy: Path, signed: Signed) -> None:
    """In a folder without the builder's note, the signature is all that is written."""
    (copy / OWNERSHIP).unlink()
    (copy / "manifest.json.sig").unlink()
    before = {path.name for path in copy.iterdir()}
    assert 0 == run("sign", copy, "--key", signed.key).exit_code
    assert {"manifest.json.sig"} == {path.name for path in copy.iterdir()} - before
    assert verify(copy, signed.signers).is_whole


def test_what_does_not_fit_its_list_is_not_signed(copy: Path, signed: Signed) -> None:
    """A site with a changed file is refused, with the file's name, and keeps the signature that it has."""
    put(copy / "index.html", b"Forged.")
    before = (copy / "manifest.json.sig").read_bytes()
    told = run("sign", copy, "--key", signed.key)
    assert 1 == told.exit_code
    assert "changed: index.html" in told.stderr
    assert before == (copy / "manifest.json.sig").read_bytes()


def test_a_preview_is_neither_signed_nor_whole(signed: Signed, tmp_path: Path) -> None:
    """Pages that were saved from the preview carry its mark, and both commands refuse them."""
    site = rebuild(signed.site.parent / "project", NOTHING).preview.site
    assert PREVIEW == site["manifest.json"]
    for path, content in site.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    for command in (("sign", tmp_path, "--key", signed.key), ("verify", tmp_path)):
        told = run(*command)
        assert 1 == told.exit_code
        assert "pages of a preview" in told.output
    assert not (tmp_path / "manifest.json.sig").exists()


@pytest.mark.parametrize("key", ["missing", "allowed_signers"])
def test_without_a_key_nothing_is_signed(key: str, copy: Path, signed: Signed) -> None:
    """A key that is not there, or is none, is told, and the site is as it was."""
    (copy / "manifest.json.sig").unlink()
    told = run("sign", copy, "--key", signed.key.with_name(key))
    assert 1 == told.exit_code
    assert told.stderr.startswith("error: ")
    assert not (copy / "manifest.json.sig").exists()
