"""The last line of `make audit` and `make torture`: how many passed, and how many failed."""

import pytest


def pytest_unconfigure(config: pytest.Config) -> None:
    """End with one plain line, for people and for scripts."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    passed = len(reporter.stats.get("passed", []))
    failed = len(reporter.stats.get("failed", [])) + len(reporter.stats.get("error", []))
    reporter.write_line(f"{passed} passed, {failed} failed")
