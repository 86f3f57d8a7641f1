"""What a page must not hold, whatever its texts say; and the trap that hears if any of it ran."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from lxml import html
from lxml.html import HtmlElement

# Elements that no page of the theme has, and every payload would like to add.
FOREIGN = frozenset(
    (
        "animate", "applet", "audio", "base", "embed", "foreignobject", "form", "frame", "frameset", "iframe",
        "image", "input", "marquee", "math", "mglyph", "object", "plaintext", "script", "select", "set",
        "style", "template", "textarea", "use", "video", "xmp",
    )
)  # fmt: skip
ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "background", "xlink:href", "cite")
SCHEMES = frozenset({"", "http", "https", "mailto"})

# Set before any script of a page: whatever runs calls it, and its frames and windows have it as well.
TRAP = """
  window.trapped = 0;
  for (const name of ['trap', 'alert', 'confirm', 'prompt', 'print', 'open']) {
    window[name] = () => { window.trapped += 1; };
  }
"""
# What Chromium makes of a page: handlers, foreign elements, and every scheme that something could lead to.
SEEN = """(foreign) => {
  const found = [];
  const all = [...document.querySelectorAll('*')];
  for (const one of all) {
    const name = one.localName.toLowerCase();
    const own = name === 'script' && one.src && new URL(one.src).origin === location.origin;
    if (foreign.includes(name) && !own) found.push(`<${name}>`);
    for (const {name: key, value} of one.attributes) {
      if (/^on|^style$|^srcdoc$|^formaction$/i.test(key)) found.push(`${name}[${key}]`);
      if (/^(?:xlink:)?href$|^src$|^action$|^data$/i.test(key)) {
        const scheme = new URL(value, location.href).protocol;
        if (!/^(?:https?|mailto|file):$/.test(scheme)) found.push(`${name}[${key}=${scheme}]`);
      }
    }
  }
  return {found, trapped: window.trapped, title: document.title};
}"""


def forbidden(page: bytes, *, ours: Sequence[str] = ()) -> Iterator[str]:
    """Yield what stands on the page and must not, as an HTML parser reads it."""
    for one in html.document_fromstring(page.decode(), parser=html.HTMLParser(encoding=None)).iter():
        if not isinstance(one, HtmlElement) or not isinstance(one.tag, str):
            # A comment of an author's would be a hidden text.
            yield f"no element: {str(one)[:40]}"
            continue
        is_ours = one.tag == "script" and re.fullmatch(
            r"(?:\.\./)*assets/[a-z-]+-[0-9a-f]+\.js", one.get("src", "")
        )
        if one.tag in FOREIGN and one.tag not in ours and not is_ours:
            yield f"<{one.tag}>"
        for name, value in one.attrib.items():
            if str(name).startswith("on") or name in {"style", "srcdoc", "formaction"}:
                yield f"<{one.tag} {name}>"
            elif name in ADDRESSES and scheme_of(str(value)) not in SCHEMES:
                yield f"<{one.tag} {name}={str(value)[:40]!r}>"


def scheme_of(address: str) -> str:
    """The scheme that a browser sees: it overlooks control signs and white space, and so does this."""
    seen = re.sub(r"[\t\n\r]", "", address).strip("".join(map(chr, range(33))))
    return urlsplit(seen).scheme.lower() if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", seen) else ""
