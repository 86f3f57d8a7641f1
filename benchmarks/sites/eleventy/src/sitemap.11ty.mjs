import { sitemap } from "../lib/atlas.mjs";

export const data = { permalink: "/sitemap.xml", eleventyExcludeFromCollections: true };
export const render = ({ site }) => sitemap(site.url);
