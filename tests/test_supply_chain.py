"""What is installed with the tool: counted, locked, listed, and released without a stored secret."""

import json
import re
import runpy
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
RECORDED = Path(__file__).resolve().parent / "supply_chain"
SCRIPT = runpy.run_path(str(ROOT / "scripts/supply_chain.py"))
LOCKS = ("build", "dev", "release", "run")
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))

Locked = Mapping[tuple[str, str], frozenset[str]]
locked: Callable[[str], Locked] = SCRIPT["locked"]
normal: Callable[[str], str] = SCRIPT["normal"]


def text(path: str) -> str:
    """A file of the repository."""
    return (ROOT / path).read_text(encoding="utf-8")


def lock(name: str) -> Mapping[str, str]:
    """The packages of a lock with their versions."""
    return dict(locked(text(f"requirements/{name}.txt")).keys())


def declared() -> dict[str, list[Requirement]]:
    """What pyproject.toml asks for, by the lock that answers it."""
    project = tomllib.loads(text("pyproject.toml"))
    asked = {
        "run": project["project"]["dependencies"],
        "build": project["build-system"]["requires"],
        **project["dependency-groups"],
    }
    return {name: [Requirement(one) for one in requirements] for name, requirements in asked.items()}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_locked_with_sums(name: str) -> None:
    """A lock holds nothing but packages of one version with SHA-256 sums: no address, folder or option."""
    written = re.findall(r"^[^\s#].*", text(f"requirements/{name}.txt"), re.MULTILINE)
    assert len(written) == len(lock(name))


@pytest.mark.parametrize("name", LOCKS)
def test_the_locks_answer_what_is_declared(name: str) -> None:
    """Each package that pyproject.toml asks for is locked in a version that it allows."""
    versions = lock(name)
    missing = [
        str(one) for one in declared()[name] if not one.specifier.contains(versions.get(normal(one.name), ""))
    ]
    assert [] == missing


def test_nothing_is_locked_that_nobody_asks_for() -> None:
    """The packages that the lock says the project itself wants are those that it declares."""
    entries = re.split(r"\n(?=\S)", text("requirements/run.txt"))
    wanted = {one.partition("==")[0] for one in entries if "site-builder (pyproject.toml)" in one}
    assert {normal(one.name) for one in declared()["run"]} == wanted


def test_the_tests_run_with_what_is_published() -> None:
    """The lock of the tests holds the other locks' packages in the same versions."""
    dev = lock("dev")
    for name in ("build", "run"):
        assert lock(name).items() <= dev.items()


def test_every_dependency_has_a_reason() -> None:
    """docs/dependencies.md gives a reason for each direct dependency, and for none that there is not.

    There are eleven: eight to build with, three for the preview; with theirs, nineteen.
    """
    tables = text("docs/dependencies.md").partition("The preview, ")
    building, preview = (re.findall(r"^\| `(\S+)` \| .{20}", part, re.MULTILINE) for part in tables[::2])
    assert (8, 3, 19) == (len(building), len(preview), len(lock("run")))
    assert {normal(one.name) for one in declared()["run"]} == {*building, *preview}


def test_installing_demands_the_sums() -> None:
    """Every script that installs from a lock refuses other files than those, and builds none."""
    installing = [
        line
        for path in (*ROOT.glob("scripts/*.sh"), *WORKFLOWS)
        for line in path.read_text(encoding="utf-8").splitlines()
        if "install" in line and " -r " in line
    ]
    assert len(installing) >= 2
    assert all("--require-hashes --only-binary :all:" in line for line in installing)


# ---------------------------------------------------------------- what tools say of the locks


@pytest.fixture
def small() -> Locked:
    """A lock of two packages; beside it lies what the tools said of it."""
    return locked((RECORDED / "lock.txt").read_text(encoding="utf-8"))


def said(kind: str, change: Callable[[Any], object] = lambda _: None) -> str:
    """What the tool said, with a change."""
    found = json.loads((RECORDED / f"{kind}.json").read_text(encoding="utf-8"))
    change(found)
    return json.dumps(found)


HOLE = {"id": "PYSEC-0000-1", "fix_versions": ["1.34.0"], "aliases": [], "description": "An example."}
AUDITS: Mapping[str, tuple[Callable[[Any], object], list[str]]] = {
    "sound": (lambda _: None, []),
    "nothing looked at": (
        lambda it: it["dependencies"].clear(),
        [
            "hatchling 1.33.0 is locked and was not looked at",
            "packaging 26.3 is locked and was not looked at",
        ],
    ),
    "one missing": (lambda it: it["dependencies"].pop(), ["packaging 26.3 is locked and was not looked at"]),
    "skipped": (
        lambda it: (
            it["dependencies"].append({"name": "packaging", "skip_reason": "not found"})
            or it["dependencies"].pop(1)
        ),
        ["packaging 26.3 is locked and was not looked at", "packaging was skipped: not found"],
    ),
    "another version": (
        lambda it: it["dependencies"][0].update(version="1.32.0"),
        [
            "hatchling 1.32.0 was looked at and is not locked",
            "hatchling 1.33.0 is locked and was not looked at",
        ],
    ),
    "a hole": (
        lambda it: it["dependencies"][0]["vulns"].append(HOLE),
        ["hatchling 1.33.0 has PYSEC-0000-1; mended in 1.34.0"],
    ),
}


@pytest.mark.parametrize("change,faults", AUDITS.values(), ids=AUDITS)
def test_an_audit_is_counted(change: Callable[[Any], object], faults: list[str], small: Locked) -> None:
    """An audit is good if it looked at every locked package and found nothing."""
    assert faults == sorted(SCRIPT["audit_faults"](said("audit", change), small))


def _without_a_sum(it: Any) -> None:  # noqa: ANN401  # JSON
    it["components"][0]["externalReferences"][0]["hashes"].pop()


SBOMS: Mapping[str, tuple[Callable[[Any], object], list[str]]] = {
    "sound": (lambda _: None, []),
    "one missing": (lambda it: it["components"].pop(), ["packaging 26.3 is locked and not listed"]),
    "one more": (
        lambda it: it["components"].append({"name": "more", "version": "1"}),
        ["more 1 is listed and not locked"],
    ),
    "other sums": (_without_a_sum, ["hatchling 1.33.0 is listed with other sums than it is locked with"]),
}


@pytest.mark.parametrize("change,faults", SBOMS.values(), ids=SBOMS)
def test_a_list_of_packages_is_the_lock(
    change: Callable[[Any], object], faults: list[str], small: Locked
) -> None:
    """A list of packages is good if it names those of the lock with their sums, and no other."""
    assert faults == sorted(SCRIPT["sbom_faults"](said("sbom", change), small))


@pytest.mark.parametrize(
    "entry", ["a>=1", "a==1", "-e .", "a @ https://example.org/a.whl", "--index-url https://example.org"]
)
def test_what_is_not_locked_is_refused(entry: str) -> None:
    """An entry of a lock without a version or without sums stops the count."""
    with pytest.raises(ValueError, match="not pinned with a sum"):
        locked(f"# a lock\n{entry}\n")


def test_the_counts_end_with_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    """The script ends with 0 and the count where all is well, and with 1 and the faults where not."""
    sound = [str(RECORDED / name) for name in ("audit.json", "lock.txt")]
    assert 0 == SCRIPT["main"](["audit", *sound])
    assert "2 packages are locked: all looked at\n" == capsys.readouterr().out
    assert 1 == SCRIPT["main"](["sbom", str(RECORDED / "sbom.json"), str(ROOT / "requirements/build.txt")])
    assert "6 packages are locked: 4 faults\n" in capsys.readouterr().out


# ---------------------------------------------------------------- workflows


def jobs() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every job of every workflow, with its name."""
    for path in WORKFLOWS:
        for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items():
            yield f"{path.name} {name}", job


def test_actions_are_named_by_their_commit() -> None:
    """Every action of a workflow is pinned by a whole commit, with its version in words beside it."""
    used = [
        line.strip().removeprefix("- ")
        for path in WORKFLOWS
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"\s*(?:- )?uses:", line)
    ]
    assert len(used) >= 8
    form = re.compile(r"uses: [a-z-]+/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [] == [line for line in used if not form.fullmatch(line)]
    pins: dict[str, set[str]] = {}
    for line in used:
        pins.setdefault(line.split("@")[0], set()).add(line.split("@")[1])
    assert [] == [action for action, commits in pins.items() if len(commits) > 1]


def test_workflows_may_do_little() -> None:
    """No workflow runs a stranger's code with rights, keeps a secret or a cache, or has unnamed rights."""
    for path in WORKFLOWS:
        written = path.read_text(encoding="utf-8")
        found = yaml.safe_load(written)
        assert {} == found["permissions"], path.name
        assert "pull_request_target" not in written
        assert "secrets." not in written
        assert "cache" not in written
    rights = {
        name: {right for right, may in job["permissions"].items() if may == "write"} for name, job in jobs()
    }
    assert {
        "release.yml publish": {"id-token", "attestations"},
        "release.yml announce": {"contents"},
    } == {name: given for name, given in rights.items() if given}


def test_locks_and_workflows_are_judged_on_every_push() -> None:
    """Each push, and each day, asks for holes, judges the workflows, and makes the locks anew."""
    found = yaml.safe_load(text(".github/workflows/dependencies.yml"))
    # YAML 1.1 takes the key `on` for a truth.
    assert {"push", "pull_request", "schedule"} == set(found[True])
    ran = {step["run"] for job in found["jobs"].values() for step in job["steps"] if "run" in step}
    assert {"make advisories", "make workflows", "make lock", "make sbom"} <= ran
    assert "git diff --exit-code requirements/" in ran


def test_what_publishes_builds_nothing() -> None:
    """The jobs with rights fetch what was built, and run no code of the repository."""
    for name, job in jobs():
        if "write" in job["permissions"].values():
            assert not any("checkout" in step.get("uses", "") for step in job["steps"]), name
            assert not any("make " in step.get("run", "") for step in job["steps"]), name
