"""Addresses that lead out of the site: which of them a reader may be given to follow."""

from __future__ import annotations

import base64
import hashlib
import re
from urllib.parse import SplitResult, urlsplit

from site_builder.characters import mixed_scripts

_NOT_IN_ADDRESS = re.compile(
    r"[\s<>\"\\^`{|}\x00-\x1f\x7f\xad\u061c\u180e\u200b-\u200f\u2060-\u2064\u2066-\u2069]"
)
_MAIL = re.compile(r"mailto:[^@/\s]+@[^@/\s]+", re.IGNORECASE)
_ONION = re.compile(r"[a-z2-7]{56}\.onion")
_WRITE_WHOLE = "write it whole: https://example.org/page"


def misaddressing(address: str, *, onion: bool = False) -> tuple[str, str] | None:
    """Returns what is wrong with a web address and the repair; None where a page may link it.

    It is whole, of http or https, without a name or password before its host, and leads to no onion service:
    whoever follows such a link in a browser that is not Tor's tells the name servers what it was. With
    `onion` it may lead to one, which is for addresses that no page links.
    """
    parts = _parts(address)
    if parts is None or _NOT_IN_ADDRESS.search(address):
        return f"'{address}' is not a web address", _WRITE_WHOLE
    if parts.username is not None or parts.password is not None:
        return "the address holds a user name or password", "remove what stands before the @"
    if mixed := mixed_scripts(parts.hostname or ""):
        problem = f"'{mixed}' mixes the letters of several alphabets, and may lead to somebody else"
        return problem, "copy the address from the browser"
    if not onion and (parts.hostname or "").rstrip(".").endswith(".onion"):
        problem = "a link to an onion address gives its readers away in every browser but Tor's"
        return problem, "write the address as text, without a link: in a note, or as code between backticks"
    return None


def misaddressed_onion(address: str) -> str:
    """Returns what is wrong with the address of an onion service, version 3; empty where it is one.

    Its host is 56 letters and digits that end with a sum of the others, so that a misspelt one is found; see
    rend-spec-v3 of the Tor project. A name before the host, a port, a query or a fragment are refused.
    """
    parts = _parts(address)
    if parts is None or _NOT_IN_ADDRESS.search(address) or not _ONION.fullmatch(parts.netloc):
        return f"'{address}' is not the address of an onion service"
    if parts.query or parts.fragment or address.endswith(("?", "#")):
        return f"'{address}' is not the address of a whole site"
    whole = base64.b32decode(parts.netloc.removesuffix(".onion").upper())
    key, check, version = whole[:32], whole[32:34], whole[34:]
    if version != b"\3" or hashlib.sha3_256(b".onion checksum" + key + version).digest()[:2] != check:
        return f"'{address}' is misspelt: its sum does not fit"
    return ""


def is_mail(address: str) -> bool:
    """True if the address is one of mail, and of nothing else."""
    return bool(_MAIL.match(address)) and not _NOT_IN_ADDRESS.search(address)


def _parts(address: str) -> SplitResult | None:
    """The parts of a whole web address; None where it is none."""
    try:
        parts = urlsplit(address)
        is_whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if is_whole and "://" in address else None
