"""Every page is valid HTML, as two independent judges see it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.audit.conftest import Hosted
from tests.browser.published import Published

RULES = {
    "extends": ["html-validate:standard", "html-validate:a11y"],
}
# A file on a disk has no origin: the checker takes the page's policy to forbid the page's own style.
OF_A_DISK = "Resource violates Content Security Policy (meta tag)"


@pytest.fixture(params=["hosted", "large"])
def site(request: pytest.FixtureRequest) -> Published:
    """The first dossier, and one whose lists are divided."""
    hosted: Hosted = request.getfixturevalue(request.param)
    return hosted.site


def test_the_nu_checker_finds_nothing(site: Published, judges: Path) -> None:
    """The W3C's checker has no error and no warning on any page."""
    jar = judges / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = shutil.which("java")
    assert java, "the checker needs a Java: on Debian 'apt-get install default-jre-headless'"
    command: list[str | Path] = [
        java,
        "-jar",
        jar,
        "--skip-non-html",
        "--format",
        "json",
        "--exit-zero-always",
        site.root,
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    told = [one for one in json.loads(ran.stderr)["messages"] if not one["message"].startswith(OF_A_DISK)]
    assert [] == [(one["url"].rpartition("public/")[2], one["message"]) for one in told]


def test_html_validate_finds_nothing(site: Published, judges: Path, tmp_path: Path) -> None:
    """html-validate's standard and accessibility rules hold on every page."""
    config = tmp_path / ".htmlvalidate.json"
    config.write_text(json.dumps(RULES), encoding="utf-8")
    # Into a file: through a pipe only the beginning of a long report arrives.
    report = tmp_path / "report.json"
    command: list[str | Path] = [judges / ".bin" / "html-validate", "--config", config]
    command += ["--formatter", f"json={report}", f"{site.root}/**/*.html"]
    subprocess.run(command, capture_output=True, check=False)
    told = [
        (one["filePath"].rpartition("public/")[2], message["ruleId"], message["message"])
        for one in json.loads(report.read_text(encoding="utf-8"))
        for message in one["messages"]
    ]
    assert [] == told
