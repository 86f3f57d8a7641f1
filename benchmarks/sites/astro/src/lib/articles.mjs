// The articles, made known to the records that they state.
import { getCollection } from "astro:content";
import * as atlas from "./atlas.mjs";

const all = await getCollection("articles");
atlas.know(all.map((entry) => ({
  ...entry.data,
  issued: atlas.iso(entry.data.issued),
  accessed: atlas.iso(entry.data.accessed),
  curated: atlas.iso(entry.data.curated),
  plain: () => atlas.plain(entry.rendered.html),
})));

export const name = "The Atlas of Ordinary Things";
export const paths = all.map((entry) => ({ params: { id: entry.id }, props: { entry } }));
// The pages that are no article, whose paths are of a pattern: with the part of the path that it names.
export const listed = (pattern) =>
  atlas.pages.flatMap((page) => {
    const found = page.kind !== "article" && pattern.exec(page.path);
    return found ? [[found[1], { page }]] : [];
  });
export * from "./atlas.mjs";
