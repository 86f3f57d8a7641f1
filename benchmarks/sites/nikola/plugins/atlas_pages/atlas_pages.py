"""Nikola makes no pages from data: these tasks are what a site would have to write.

Each says what its page shows, so that a change of a record is seen by every page that shows it.
"""

from hashlib import sha256
from pathlib import Path

from blinker import signal
from nikola.plugin_categories import Task
from nikola.utils import config_changed

LANGUAGE = "en"


class AtlasPages(Task):
    """Writes the pages that are no articles, and the files that are no pages."""

    name = "atlas_pages"

    def set_site(self, site):
        """Waits until the articles are read."""
        super().set_site(site)
        signal("scanned").connect(self.know_articles)

    def know_articles(self, site):
        """Makes the articles known to the records that they state, and these to the articles' pages."""
        atlas = site.config["ATLAS"]
        for post in site.posts:
            said = dict(post.meta[LANGUAGE], regions=post.meta("regions").split(", "))
            atlas.know(post.meta("slug"), said, Path(post.translated_base_path(LANGUAGE)).read_text)
        # Each post's rows name other posts: so all of them are known first.
        for post in site.posts:
            shown = atlas.rows(f"articles/{post.meta('slug')}.html")
            post.add_dependency_uptodate(config_changed(shown, "atlas:rows"), add="page")

    def gen_tasks(self):
        """Yields a task for each file."""
        self.site.scan_posts()
        yield self.group_task()
        atlas = self.site.config["ATLAS"]
        for page in atlas.pages:
            if page["kind"] != "article":
                yield self.page_task(atlas, page)
        for name in ("feed.xml", "sitemap.xml"):
            yield self.file_task(name, self.render, [name], [str(atlas.newest()), *sorted(atlas.by_path)])
        known = sha256(repr(atlas.known).encode()).hexdigest()
        digests = {post.meta("slug"): post.translated_base_path(LANGUAGE) for post in self.site.posts}
        for path, write in atlas.others():
            told = [digests[one] for one in atlas.told_by(path)]
            yield self.file_task(path, write, [], [known], told)

    def page_task(self, atlas, page):
        """Returns the task that writes a page."""
        shown = [atlas.rows(page["path"]), atlas.siblings(page["kind"])]
        if page["record"]:
            kind = {"event": "events", "region": "regions", "actor": "actors", "measure": "measures"}
            shown.append(repr(atlas.of(kind[page["layout"]], page["record"])))
        context = {
            "heading": page["title"],
            "path": page["path"],
            "kind": page["kind"],
            "record": page["record"],
            "summary": "",
        }
        task = self.site.generic_renderer(
            LANGUAGE,
            f"out/{page['path']}",
            f"{page['layout']}.html",
            self.site.config["FILTERS"],
            context=context,
            uptodate_deps=[config_changed({"shown": shown}, "atlas:shown")],
        )
        return {**task, "basename": self.name}

    def file_task(self, path, write, arguments, shown, needs=()):
        """Returns the task that writes a file that is no page."""

        def put():
            file = Path("out", path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(write(*arguments), encoding="utf-8")

        return {
            "basename": self.name,
            "name": f"out/{path}",
            "targets": [f"out/{path}"],
            "file_dep": list(needs),
            "actions": [(put, [])],
            "uptodate": [config_changed({"shown": shown}, "atlas:shown")],
            "clean": True,
        }

    def render(self, name):
        """Returns what a template writes."""
        return self.site.template_system.render_template(name, None, {"atlas": self.site.config["ATLAS"]})
