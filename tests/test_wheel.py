"""What people install: the wheel has everything that a first site needs, and nothing of the first dossier."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: object, cwd: Path) -> str:
    """Run a program that must succeed, outside the tests' environment, and return what it prints."""
    environment = {
        name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}
    }
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as it is released."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, cwd=ROOT)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, installed from the wheel beside the dependencies that are here already."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    python = folder / "venv/bin/python"
    options = ["--quiet", "--no-deps", "--no-index"]
    run(sys.executable, "-m", "pip", "--python", python, "install", *options, wheel, cwd=folder)
    packages = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    )
    # The dependencies are found in the environment of the tests; its own path files are not read again.
    shared = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "shared.pth").write_text("".join(f"{path}\n" for path in sorted(shared)), encoding="utf-8")
    return folder / "venv/bin"


def test_the_wheel_holds_the_program_and_its_theme(wheel: Path) -> None:
    """Theme, starter, types and licence are in the wheel; tests, documents and the first dossier are not."""
    names = zipfile.ZipFile(wheel).namelist()
    assert {
        "site_builder/cli/__init__.py",
        "site_builder/py.typed",
        "site_builder/themes/dossier/templates/base.html",
    } <= set(names)
    assert any(name.startswith("site_builder/starter/content/") for name in names)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert [] == [name for name in names if name.startswith(("tests/", "content/", "docs/", "themes/"))]
    assert [] == [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".orig", "~"))]


def test_the_wheel_is_the_source(wheel: Path) -> None:
    """Every module and every file of the theme is in the wheel byte for byte."""
    archive = zipfile.ZipFile(wheel)
    for folder, inside in (
        ("site_builder", "site_builder"),
        ("themes/dossier", "site_builder/themes/dossier"),
    ):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                name = f"{inside}/{path.relative_to(ROOT / folder).as_posix()}"
                assert path.read_bytes() == archive.read(name), name


def test_a_first_site_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    """Installed from the wheel, `new` and `build` make a site with pages and theme, far from the source."""
    program = installed / "site-builder"
    where = run(installed / "python", "-c", "import site_builder; print(site_builder.__file__)", cwd=tmp_path)
    assert where.startswith(str(installed.parent))
    run(program, "new", "demo", cwd=tmp_path)
    told = run(program, "build", cwd=tmp_path / "demo")
    assert told.startswith("Built public/: ")
    public = tmp_path / "demo/public"
    assert (public / "index.html").is_file()
    assert list(public.glob("regions/*.html"))
    assert list(public.glob("assets/site-*.css"))
    assert list(public.glob("assets/*.woff2"))
    assert "<main" in (public / "index.html").read_text(encoding="utf-8")


def test_every_command_works_as_installed(installed: Path, tmp_path: Path) -> None:
    """The installed program explains every command, and runs as a module too."""
    for command in ("build", "check", "new", "serve", "show"):
        assert run(installed / "site-builder", command, "--help", cwd=tmp_path).startswith(
            "Usage: site-builder "
        )
    assert run(installed / "python", "-m", "site_builder", "--version", cwd=tmp_path).startswith(
        "site-builder, version "
    )


def test_built_again_the_bytes_are_the_same(wheel: Path, tmp_path: Path) -> None:
    """Wheel and source archive do not depend on when and where they are built, nor on the mask of modes."""
    before = os.umask(0o077)
    try:
        for name in ("first", "second"):
            kinds = ("--sdist", "--wheel") if name == "first" else ("--sdist",)
            folder = tmp_path / name
            run(sys.executable, "-m", "build", *kinds, "--no-isolation", "--outdir", folder, cwd=ROOT)
            os.umask(0o002)
    finally:
        os.umask(before)
    assert wheel.read_bytes() == (tmp_path / "first" / wheel.name).read_bytes()
    (one,), (other,) = ((tmp_path / name).glob("*.tar.gz") for name in ("first", "second"))
    assert one.read_bytes() == other.read_bytes()
