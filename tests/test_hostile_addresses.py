"""Addresses of every scheme, however written: a page links http, https, mail and its own site alone."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from pydantic_core import PydanticCustomError

from site_builder.issues import Issue, Place
from site_builder.markup import parse
from site_builder.values import read_site_url, read_url
from tests.hostile.pages import scheme_of

Lay = Callable[[Mapping[str, str | bytes | None]], Path]

SCHEMES = (
    "about", "acap", "afp", "aim", "apt", "attachment", "bitcoin", "blob", "callto", "chrome",
    "chrome-extension", "cid", "content", "crid", "data", "dav", "dict", "dns", "ed2k", "facetime", "feed",
    "file", "filesystem", "finger", "ftp", "ftps", "geo", "git", "gopher", "gtalk", "h323", "hcp", "im",
    "imap", "intent", "ipfs", "ipns", "irc", "itms-apps", "jar", "javascript", "ldap", "livescript",
    "magnet", "market", "mhtml", "mid", "mocha", "ms-appinstaller", "ms-excel", "ms-its", "ms-msdt",
    "ms-officecmd", "ms-settings", "ms-word", "msteams", "news", "nfs", "nntp", "opera", "pop", "rdp",
    "resource", "rsync", "rtsp", "search-ms", "sftp", "shell", "signal", "sip", "skype", "sms", "smb",
    "ssh", "steam", "tel", "telnet", "tg", "unreal", "urn", "vbscript", "view-source", "vnc", "ws", "wss",
    "xmpp", "zoommtg",
)  # fmt: skip
RESTS = ("trap()", "//evil.example/x", "text/html,<b>", "///etc/passwd")
ODD = (
    "//evil.example/", "///evil.example/", "\\\\evil.example\\x", "/\\evil.example", "http:", "https:",
    "http:/evil.example", "http:evil.example", "http://", "http:///x", "https://?x", "https://#x",
    "https://user@evil.example/", "https://user:pw@evil.example/",
    "https://evil.example:99999/", "https://evil.example:x/", "http://[::1", "hxxp://evil.example/",
    "mailto:", "mailto:x", "mailto:@x", "mailto://x@y", "mailto:a@b?c=d\ne", "www.evil.example", "x", "?x",
    "#x", ":", "://x", "javascript", "&", "%6aavascript:trap()", "%00javascript:trap()",
)  # fmt: skip
ONIONS = (
    "http://abcdefghijklmnop.onion/", "HTTPS://ABCDEFGHIJKLMNOP.ONION", "http://x.abcdefghijklmnop.onion./a",
    "https://abcdefghijklmnop.OnIoN:8080/?a#b", "http://abcdefghijklmnop.onion#x",
)  # fmt: skip
WELCOME = (
    "https://example.org/", "http://example.org/a?b=c#d", "https://example.org:8443/~a/(b)'c';d,e!f*g",
    "https://пример.рф/мост", "https://web.archive.org/web/2022/http://abcdefghijklmnop.onion/",
    "https://onion.example/", "https://example.org/a@b",
)  # fmt: skip


def written(scheme: str) -> Iterator[str]:
    """The scheme in the forms that some browser or parser has taken for it."""
    middle = len(scheme) // 2
    for form in (scheme, scheme.upper(), scheme.title(), scheme.swapcase()):
        yield f"{form}:"
    for sign in ("\t", "\n", "\r", " ", "\x00", "\x0b", "\u00ad", "\u200b", "\ufeff", "\u2028"):
        yield f"{sign}{scheme}:"
        yield f"{scheme[:middle]}{sign}{scheme[middle:]}:"
        yield f"{scheme}{sign}:"
    yield "".join(f"&#{ord(letter)};" for letter in scheme) + ":"
    yield "".join(f"&#x{ord(letter):x};" for letter in scheme) + "&colon;"
    yield f"{scheme}&#58;"
    yield f"&Tab;{scheme}&NewLine;:"
    yield "".join(f"%{ord(letter):02x}" for letter in scheme) + ":"
    yield f"\\{scheme}:"
    yield f"{scheme}：" if scheme.isascii() else scheme


def links(text: str) -> Iterator[tuple[str, bool]]:
    """Every address that a text would link, and whether the text was refused."""
    markup, issues = parse(text, Place("x"))
    refused = any(issue.code in {"bad-link", "image", "bad-attribute"} for issue in issues)
    for token in markup.tokens:
        for child in (token, *(token.children or ())):
            if child.type == "link_open":
                yield str(child.attrs["href"]), refused


def told(text: str) -> list[Issue]:
    """What a text of prose is refused for."""
    return [issue for issue in parse(text, Place("x"))[1] if issue.code == "bad-link"]


def is_url(address: str) -> bool:
    """True if a field holds it as an address."""
    try:
        read_url(address)
    except PydanticCustomError:
        return False
    return True


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_other_scheme_is_linked(scheme: str) -> None:
    """Neither a field nor a link, a reference or an autolink of prose takes it, in any case or disguise."""
    rest = RESTS[SCHEMES.index(scheme) % len(RESTS)]
    for address in (form + rest for form in written(scheme)):
        assert not is_url(address), address
        text = f"[x]({address})\n\n[x](<{address}>)\n\n<{address}>\n\n[x][a]\n\n[a]: {address}"
        linked = [href for href, _ in links(text) if scheme_of(href) not in {"http", "https", "mailto"}]
        assert len(linked) <= len(told(text)), address


def test_there_are_eighty_schemes() -> None:
    """The list is as long as it is meant to be."""
    assert 80 <= len(set(SCHEMES))


@pytest.mark.parametrize("address", ODD)
def test_what_is_no_whole_address_is_refused(address: str) -> None:
    """Halves of addresses, and names and passwords in them, are refused in fields and in prose."""
    assert not is_url(address)
    assert [] == [href for href, refused in links(f"[x](<{address}>)") if not refused]


@pytest.mark.parametrize("address", ONIONS)
def test_an_onion_address_is_never_a_link(address: str) -> None:
    """It is refused as an address, with what to do instead, and stays a text where it is written as one."""
    with pytest.raises(PydanticCustomError, match="in every browser but Tor's"):
        read_url(address)
    assert ["a link to an onion address gives its readers away in every browser but Tor's"] == [
        issue.problem for issue in told(f"[x]({address})")
    ]
    assert [] == list(links(f"It answers at `{address}`, or {address}."))


def test_a_site_may_stand_at_an_onion_address() -> None:
    """No page links the address that the site itself is published under."""
    assert ONIONS[0] == read_site_url(ONIONS[0])


@pytest.mark.parametrize("address", WELCOME)
def test_whole_addresses_are_linked(address: str) -> None:
    """What a reader can follow is taken, in a field and in prose."""
    assert is_url(address)
    assert [] == told(f"[x]({address})")
    assert 1 == len(list(links(f"[x]({address})")))


def test_every_way_out_tells_nobody_where_it_was_taken() -> None:
    """Each template that leads out says `noopener noreferrer`, and opens no window unasked."""
    theme = Path(__file__).resolve().parent.parent / "themes" / "dossier"
    for path in theme.rglob("*.html"):
        for tag in re.findall(r"<a\b[^>]*>", path.read_text(encoding="utf-8")):
            leads_out = not re.search(r"""href="(?:\{\{ [^}]*\|url \}\}|#)""", tag)
            assert not leads_out or "noopener noreferrer" in tag, (path.name, tag)
            assert "target=" not in tag, (path.name, tag)
