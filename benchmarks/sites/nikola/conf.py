import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from atlas import Atlas, long, short  # noqa: E402  # it lies beside this file

ATLAS = Atlas(HERE / "records", HERE / "themes/atlas/templates")

BLOG_AUTHOR = "Nobody"
BLOG_TITLE = "The Atlas of Ordinary Things"
SITE_URL = "https://atlas.example/"
BLOG_EMAIL = "nobody@atlas.example"
BLOG_DESCRIPTION = "A corpus for measuring."
DEFAULT_LANG = "en"
TRANSLATIONS = {DEFAULT_LANG: ""}
OUTPUT_FOLDER = "out"
THEME = "atlas"
POSTS = (("posts/*.md", "articles", "article.tmpl"),)
PAGES = ()
COMPILERS = {"markdown": [".md"]}
MARKDOWN_EXTENSIONS = ["markdown.extensions.tables", "markdown.extensions.footnotes"]
TIMEZONE = "UTC"
PRETTY_URLS = False
STRIP_INDEXES = False
URL_TYPE = "full_path"
USE_BUNDLES = False
SHOW_SOURCELINK = COPY_SOURCES = False
GENERATE_ATOM = GENERATE_RSS = False
DISABLE_INDEXES = True
COMMENT_SYSTEM = ""
# Only the pages that every peer makes.
DISABLED_PLUGINS = [
    "classify_archive",
    "classify_authors",
    "classify_categories",
    "classify_indexes",
    "classify_page_index",
    "classify_tags",
    "copy_assets",
    "create_bundles",
    "gzip",
    "redirect",
    "render_galleries",
    "render_listings",
    "render_sources",
    "render_taxonomies",
    "robots",
    "scale_images",
    "sitemap",
]
TEMPLATE_FILTERS = {"long": long, "short": short}


def _fill(context, template_name):
    # By a filler: what stands in GLOBAL_CONTEXT is hashed anew for every page.
    context["atlas"] = ATLAS


GLOBAL_CONTEXT_FILLER = [_fill]
