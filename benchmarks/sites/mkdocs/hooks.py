"""MkDocs makes no pages from data, nor a feed: these hooks are what a site would have to write."""

from pathlib import Path

from atlas import Atlas, long, short
from mkdocs.structure.files import File

HERE = Path(__file__).parent
found = {}


def on_files(files, config):
    """Adds a page without words of its own for each that is no article."""
    atlas = found["atlas"] = Atlas(HERE / "data", HERE / "theme")
    for page in atlas.pages:
        if page["kind"] != "article":
            front = f"---\ntemplate: {page['layout']}.html\n---\n"
            files.append(File.generated(config, page["path"].replace(".html", ".md"), content=front))
    return files


def on_env(env, config, files):
    """Makes the articles, which have been read by now, known to the records that they state."""
    for file in files.documentation_pages():
        if file.src_uri.startswith("articles/a"):
            page = file.page
            found["atlas"].know(page.meta["id"], page.meta, lambda page=page: page.content)
    env.globals["atlas"] = found["atlas"]
    env.filters.update(long=long, short=short)
    return env


def on_page_context(context, page, config, nav):
    """Tells a template which page it writes."""
    told = found["atlas"].by_path[page.file.dest_uri]
    return {
        **context,
        "heading": told["title"],
        "path": told["path"],
        "kind": told["kind"],
        "record": told["record"],
        "summary": page.meta.get("summary", ""),
        "digest": page.content,
    }


def on_post_build(config):
    """Writes the files that are no pages."""
    for path, write in found["atlas"].others():
        file = Path(config.site_dir, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(write(), encoding="utf-8")
