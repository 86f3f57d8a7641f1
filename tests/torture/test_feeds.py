"""Feeds and sitemaps of texts and addresses by chance: whatever is in them, they can be read."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from lxml import etree

from site_builder.plan import SitePlan
from site_builder.plan.addresses import SITEMAP
from site_builder.plan.site_plan import FeedEntry
from site_builder.read.theme import Theme
from site_builder.render.feeds import feed, sitemaps
from tests.hostile.dossiers import address_allowed
from tests.test_hostile_tables import readable, text_of
from tests.torture.conftest import Rounds

Lay = Callable[[Mapping[str, str | bytes | None]], Path]
Planned = Callable[[Path], tuple[SitePlan, Theme]]
STRICT = etree.XMLParser(resolve_entities=False, no_network=True)
BASE = "https://bridges.example/"


# Signs that stand in addresses, and some that XML must escape.
SIGNS = (*"abc019-._~!$&'()*+,;=:@/<>\"[]жé", "%20", "%3C")


def path_of(chance: random.Random) -> str:
    """What may stand behind the name of a host, if it is allowed."""
    return "".join(chance.choices(SIGNS, k=chance.randrange(1, 12)))


def test_feeds_and_sitemaps_can_always_be_read(rounds: Rounds, lay: Lay, planned_of: Planned) -> None:
    """A round has a feed of fifty texts, and a sitemap of an address by chance that an author may give."""
    plan, _ = planned_of(lay({}))
    one = plan.languages[0]
    for _, chance in rounds:
        titles = [text_of(chance) for _ in range(25)]
        entries = tuple(
            FeedEntry(title=title, address=f"a-{at}.html", updated="2021-04-02", summary=text_of(chance))
            for at, title in enumerate(titles)
        )
        base = next(filter(address_allowed, (f"{BASE}{path_of(chance)}/" for _ in range(20))), BASE)
        site = replace(one.site, title=text_of(chance), description=text_of(chance), base_url=base)
        found = etree.fromstring(feed(replace(one, site=site, feed=entries), plan.edition), STRICT)
        assert [readable(title) for title in titles] == [
            title.text for title in found.findall("{*}entry/{*}title")
        ]
        assert all(link.get("href").startswith(base) for link in found.iter("{*}link"))
        languages = (replace(one, site=replace(one.site, base_url=base)),)
        listed = etree.fromstring(dict(sitemaps(replace(plan, languages=languages)))[SITEMAP], STRICT)
        assert all(place.text.startswith(base) for place in listed.iter("{*}loc"))
