"""Ids that records once had: they stay taken, and whoever still names one is told what it is now."""

from __future__ import annotations

from site_builder.issues import IssueLog, Placed
from site_builder.nodes import PlacedDict
from site_builder.validate.references import Declared


def declare_gone(kind: str, node: PlacedDict, given: object, declared: Declared, issues: IssueLog) -> None:
    """Notes the ids that a record gave up, or the one that an entry of `retired.yaml` is about."""
    if kind == "retired":
        was, now = node.get("kind"), node.get("replaced_by", "")
        if isinstance(was, Placed):
            declared.leave(was, node.get("id"), now if isinstance(now, Placed) else "", "retired", issues)
        return
    ident, former = given or node.get("id"), node.get("former_ids")
    for one in former if isinstance(former, list) else ():
        declared.leave(kind, one, f"{kind}:{ident}", "former", issues)
