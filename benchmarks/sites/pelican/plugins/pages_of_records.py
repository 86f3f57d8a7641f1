"""Pelican makes no pages from data: this plugin is what a site would have to write."""

from pathlib import Path

from atlas import Atlas
from pelican import signals
from pelican.generators import Generator


class PagesOfRecords(Generator):
    """Writes the pages that are no articles, and the files that are no pages."""

    def generate_output(self, writer):
        """Writes them all."""
        atlas = self.context["atlas"]
        for page in atlas.pages:
            if page["kind"] != "article":
                writer.write_file(
                    page["path"],
                    self.get_template(page["layout"]),
                    self.context,
                    heading=page["title"],
                    path=page["path"],
                    kind=page["kind"],
                    record=page["record"],
                    summary="",
                )
        for name in ("feed.xml", "sitemap.xml"):
            writer.write_file(name, self.env.get_template(name), self.context)
        for path, write in atlas.others():
            file = Path(self.output_path, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(write(), encoding="utf-8")


def know_articles(generator):
    """Makes the articles known to the records that they state."""
    atlas = Atlas(Path("data"), Path("theme/templates"))
    for article in generator.articles:
        said = dict(article.metadata, regions=article.metadata["regions"].split(", "))
        atlas.know(article.slug, said, lambda article=article: article.content)
    generator.context["atlas"] = atlas


def generators(_):
    """Names the generator."""
    return PagesOfRecords


def register():
    """Takes part in a build."""
    signals.get_generators.connect(generators)
    signals.article_generator_finalized.connect(know_articles)
