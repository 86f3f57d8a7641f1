// Only what the paginations walk over: arrays are handed on as they are.
import { assets, others, pages } from "../../lib/atlas.mjs";

const of = (layout) => pages.filter((page) => page.layout === layout && page.kind !== "article");

export default {
  style: assets.style,
  list: of("list"),
  event: of("event"),
  region: of("region"),
  actor: of("actor"),
  measure: of("measure"),
  others,
};
