import sys

sys.path.append("plugins")
from atlas import long, short  # it lies beside the plugin

PATH = "content"
OUTPUT_PATH = "out"
SITENAME = "The Atlas of Ordinary Things"
SITEURL = "https://atlas.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["pages_of_records"]
JINJA_FILTERS = {"long": long, "short": short}
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = []
STATIC_PATHS = ["static"]
# They lie in a folder of their own, and are published without its name.
PATH_METADATA = "static/(?P<path>.+)"
ARTICLE_URL = ARTICLE_SAVE_AS = "articles/{slug}.html"
SLUGIFY_SOURCE = "basename"
FORMATTED_FIELDS = []
# `extra` brings the tables and the footnotes.
MARKDOWN = {
    "extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.meta": {}},
    "output_format": "html",
}
# Only the pages that every peer makes: none by category, tag, author or month, and no numbered index.
DIRECT_TEMPLATES = []
CATEGORY_SAVE_AS = TAG_SAVE_AS = AUTHOR_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
DEFAULT_PAGINATION = False
RELATIVE_URLS = False
LOG_LEVEL = "ERROR"
# Digests that did not change are not read again.
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CHECK_MODIFIED_METHOD = "mtime"
