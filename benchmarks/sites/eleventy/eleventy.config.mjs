import footnote from "markdown-it-footnote";
import * as atlas from "./lib/atlas.mjs";

export default function (config) {
  config.amendLibrary("md", (md) => md.use(footnote));
  config.addPassthroughCopy({ static: "." });
  // Asked through filters: as global data, records would be copied, key by key, for every page.
  for (const name of ["rows", "siblings", "long", "short", "iso", "title"]) config.addFilter(name, atlas[name]);
  config.addFilter("regionLinks", (ids) => atlas.regionLinks(ids, " "));
  config.addFilter("record", (id, kind) => atlas.record(kind, id));
  config.addCollection("articles", (api) => {
    const all = api.getFilteredByGlob("src/articles/*.md");
    atlas.know(all.map((item) => ({
      id: item.data.id,
      title: item.data.title,
      container_title: item.data.container_title,
      issued: atlas.iso(item.data.issued),
      accessed: atlas.iso(item.data.accessed),
      curated: atlas.iso(item.data.curated),
      original: item.data.original,
      language: item.data.language,
      regions: item.data.regions,
      summary: item.data.summary,
      plain: () => atlas.plain(item.templateContent),
    })));
    return all;
  });
  return {
    dir: { input: "src", output: "out" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}
