"""What hosts are told: Netlify's configuration, and the headers of the published folder."""

import http.client
import re
import subprocess
import threading
import tomllib
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from lxml import html

from site_builder.build import Options, build
from site_builder.new import start_dossier
from site_builder.outward import misaddressed_onion
from site_builder.render.hosting import SECURITY_HEADERS

ROOT = Path(__file__).resolve().parent.parent
BASE_URL = "https://example.org/merrow/"

Rules = tuple[tuple[str, Mapping[str, str]], ...]


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published site."""
    project = tmp_path_factory.mktemp("project")
    start_dossier(project)
    assert build(Options(project=project, output=project / "public", base_url=BASE_URL)).written
    return project / "public"


@pytest.fixture(scope="module")
def netlify() -> Mapping[str, dict[str, object]]:
    """Netlify's configuration of this repository."""
    return tomllib.loads((ROOT / "netlify.toml").read_text(encoding="utf-8"))


def _rules(public: Path) -> Rules:
    """Read `_headers` as Netlify and Cloudflare Pages do: a path, then its headers, indented."""
    rules: list[tuple[str, dict[str, str]]] = []
    for line in (public / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            rules.append((line, {}))
        elif line.strip():
            assert line.startswith("  "), line
            name, colon, value = line.strip().partition(": ")
            assert colon, line
            assert name not in rules[-1][1], line
            rules[-1][1][name] = value
    return tuple(rules)


def _headers_of(path: str, rules: Rules) -> dict[str, str]:
    found: dict[str, str] = {}
    for pattern, headers in rules:
        if fnmatchcase(path, pattern):
            found |= headers
    return found


# ---------------------------------------------------------------- Netlify


def _commands(netlify: Mapping[str, dict[str, object]]) -> list[str]:
    contexts = [part for part in netlify["context"].values() if isinstance(part, dict)]
    return [str(part["command"]) for part in (netlify["build"], *contexts)]


def test_netlify_runs_targets_of_the_makefile(netlify: Mapping[str, dict[str, object]]) -> None:
    """Each command names a target that there is, and hands over an address that Netlify sets."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in _commands(netlify):
        found = re.fullmatch(r'make (\w+) BASE_URL="\$(URL|DEPLOY_PRIME_URL)"', command)
        assert found, command
        assert re.search(rf"^{found[1]}:", makefile, re.MULTILINE)
    assert '--base-url "$(BASE_URL)"' in makefile


@pytest.mark.parametrize(
    "given,expected",
    [
        pytest.param((f"BASE_URL={BASE_URL}",), f'site-builder build --base-url "{BASE_URL}"', id="address"),
        pytest.param(("BASE_URL=",), "site-builder build", id="none"),
    ],
)
def test_make_hands_the_address_over(given: tuple[str, ...], expected: str) -> None:
    """`make site` tells the build where the site will stand, and says nothing where nobody said it."""
    done = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", "site", "ARGS=", *given],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert expected == done.stdout.strip().splitlines()[-1].partition("/bin/")[2].strip()


def test_netlify_publishes_what_is_built(netlify: Mapping[str, dict[str, object]]) -> None:
    """The folder that is served is the one that a build makes by default, with no change on the way."""
    assert "public" == netlify["build"]["publish"]
    assert "/public/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"skip_processing": True} == netlify["build"]["processing"]


def test_netlify_uses_a_python_that_will_do(netlify: Mapping[str, dict[str, object]]) -> None:
    """The interpreter asked for is one that the package supports."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    environment = netlify["build"]["environment"]
    assert isinstance(environment, dict)
    wanted = environment["PYTHON_VERSION"]
    assert f"Programming Language :: Python :: {wanted}" in project["classifiers"]


def test_netlify_redirects_lead_to_a_file(netlify: Mapping[str, object], public: Path) -> None:
    """Addresses where programs look for a feed lead to the feed, for good."""
    redirects = netlify["redirects"]
    assert isinstance(redirects, list)
    assert {"/feed", "/rss", "/atom.xml"} == {redirect["from"] for redirect in redirects}
    for redirect in redirects:
        assert 301 == redirect["status"]
        assert (public / redirect["to"].lstrip("/")).is_file()


def test_netlify_repeats_no_header(netlify: Mapping[str, object]) -> None:
    """Headers have one home: what the build writes into the published folder."""
    assert "headers" not in netlify


# ---------------------------------------------------------------- _headers


def test_every_path_has_every_security_header(public: Path) -> None:
    """A page, a table, a font, the feed and an address that does not exist: none goes without."""
    rules = _rules(public)
    paths = [f"/{path.relative_to(public).as_posix()}" for path in public.rglob("*") if path.is_file()]
    for path in (*paths, "/", "/no/such/page"):
        assert SECURITY_HEADERS.items() <= _headers_of(path, rules).items(), path


def test_the_policy_allows_only_what_is_ours(public: Path) -> None:
    """Nothing loads unless it is named, what is named comes from the site itself; so do forms."""
    policy = _headers_of("/", _rules(public))["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert "'none'" == directives["default-src"]
    assert {"'none'", "'self'"} == set(directives.values())
    assert "unsafe" not in policy
    assert {"base-uri", "form-action", "frame-ancestors"} <= directives.keys()
    assert "'self'" == directives["form-action"]


def test_there_are_twelve_security_headers(public: Path) -> None:
    """Each of them is there, in the words of today's standards."""
    headers = _headers_of("/", _rules(public))
    assert {
        "Content-Security-Policy",
        "Cross-Origin-Embedder-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "Origin-Agent-Cluster",
        "Permissions-Policy",
        "Referrer-Policy",
        "Strict-Transport-Security",
        "X-Content-Type-Options",
        "X-DNS-Prefetch-Control",
        "X-Frame-Options",
        "X-Permitted-Cross-Domain-Policies",
    } == set(headers)
    assert all(re.fullmatch(r"[a-z-]+=\(\)", one) for one in headers["Permissions-Policy"].split(", "))


def test_every_page_repeats_the_policy(public: Path) -> None:
    """Pages say what the header says, but for what browsers overlook there; and each sends no referrer."""
    policy = SECURITY_HEADERS["Content-Security-Policy"].removesuffix("; frame-ancestors 'none'")
    pages = list(public.rglob("*.html"))
    assert pages
    for path in pages:
        page = html.document_fromstring(path.read_bytes())
        assert [policy] == page.xpath("//head/meta[@http-equiv='Content-Security-Policy']/@content"), (
            path.name
        )
        assert ["no-referrer"] == page.xpath("//head/meta[@name='referrer']/@content"), path.name


def test_no_page_has_a_script_or_style_in_it(public: Path) -> None:
    """Scripts and styles stand in files of the site, so that the policy can forbid all others."""
    for path in public.rglob("*.html"):
        page = html.document_fromstring(path.read_bytes())
        assert [] == page.xpath("//style | //script[not(@src)] | //script[normalize-space()] | //*[@style]")
        assert [] == [
            one.tag for one in page.iter() if any(str(name).startswith("on") for name in one.attrib)
        ]


def test_only_fingerprinted_files_are_kept_for_ever(public: Path) -> None:
    """Assets may be cached without asking again; a page, which changes under its address, may not."""
    rules = _rules(public)
    for path in sorted((public / "assets").iterdir()):
        assert re.search(r"-[0-9a-f]{10}\.\w+$", path.name), path.name
        assert (
            "public, max-age=31536000, immutable"
            == _headers_of(f"/assets/{path.name}", rules)["Cache-Control"]
        )
    for page in ("/", "/index.html", "/feed.xml", "/data/figures.csv"):
        assert "Cache-Control" not in _headers_of(page, rules)


# ---------------------------------------------------------------- a host


class _Host(SimpleHTTPRequestHandler):
    """A small static host that applies `_headers`, and shows 404.html for what is missing."""

    def end_headers(self) -> None:
        for name, value in _headers_of(self.path, _rules(Path(self.directory))).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the standard library's
        """Keep the tests' output clean."""


@pytest.fixture(scope="module")
def port(public: Path) -> Iterator[int]:
    """The port of a host that serves the published site."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(public))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def _get(port: int, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/regions/oldweir.html", "/data/figures.csv", "/feed.xml"]
)
def test_a_host_serves_the_site_with_its_headers(port: int, path: str) -> None:
    """A host that reads `_headers` answers with each of them, once."""
    response = _get(port, path)
    assert 200 == response.status
    for name, value in SECURITY_HEADERS.items():
        assert [value] == response.headers.get_all(name)


def test_a_host_serves_assets_to_keep(port: int, public: Path) -> None:
    """The style sheet that a page names is there, and comes with leave to keep it."""
    page = (public / "index.html").read_text(encoding="utf-8")
    found = re.search(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert found
    response = _get(port, f"/{found[1]}")
    assert 200 == response.status
    assert "text/css" == response.headers["Content-Type"]
    assert "immutable" in response.headers["Cache-Control"]


# ---------------------------------------------------------------- onion services

# Of a key that nobody has: the bytes 0 to 31.
ONION = "http://aaaqeayeaudaocajbifqydiob4ibceqtcqkrmfyydenbwha5dyp3kead.onion"


def test_each_page_offers_itself_as_an_onion_service(tmp_path: Path) -> None:
    """Every page, and the rule for it, name the same page of the service once."""
    start_dossier(tmp_path)
    site = tmp_path / "content/site.yaml"
    site.write_text(site.read_text(encoding="utf-8") + f"onion: {ONION}/merrow\n", encoding="utf-8")
    build(Options(project=tmp_path, output=tmp_path / "public", base_url=BASE_URL))
    public, told = tmp_path / "public", []
    rules = dict(_rules(public)[1:])
    for page in sorted(public.rglob("*.html")):
        path = page.relative_to(public).as_posix()
        text = page.read_text(encoding="utf-8")
        if path == "404.html" or 'http-equiv="refresh"' in text:
            assert ".onion" not in text
            continue
        told.append(path)
        expected = f"{ONION}/merrow/{path}"
        assert [expected] == re.findall(r'<meta http-equiv="onion-location" content="(.*?)">', text)
        address = f"/{path}".removesuffix("index.html") if f"/{path}".endswith("/index.html") else f"/{path}"
        assert expected == rules[address]["Onion-Location"]
        assert 1 == text.count(".onion")
    assert len(told) == sum("Onion-Location" in headers for headers in rules.values())
    assert len(told) > 30


def test_without_an_onion_service_nothing_speaks_of_one(public: Path) -> None:
    """No page and no rule names one."""
    assert b"nion" not in (public / "_headers").read_bytes()
    assert b"onion" not in (public / "index.html").read_bytes().lower()


@pytest.mark.parametrize(
    "address",
    [
        f"{ONION}/",
        f"{ONION}",
        f"{ONION}/dossier/",
        f"{ONION.replace('http', 'https')}/",
        # The Tor Project's own, whose sum others have reckoned.
        "http://2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion/",
        "https://www.torproject.org/",
        "http://expyuzz4wqqyqhjn.onion/",
        f"{ONION.upper()}/",
        f"{ONION.replace('q', 'r', 1)}/",
        f"{ONION.replace('//a', '//1')}/",
        f"{ONION.replace('//', '//mail.')}/",
        f"{ONION.replace('//', '//me@')}/",
        f"{ONION}:80/",
        f"{ONION}./",
        f"{ONION}/?a",
        f"{ONION}/#a",
        f"{ONION}/a b",
        ONION.removeprefix("http://"),
    ],
)
def test_an_onion_address_is_one_of_version_3(address: str) -> None:
    """The first five are taken; another kind of host, a wrong sign or a part too much is not."""
    good = {f"{ONION}{path}" for path in ("/", "", "/dossier/")} | {f"{ONION.replace('http', 'https')}/"}
    good.add("http://2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion/")
    assert (address in good) == (misaddressed_onion(address) == "")
