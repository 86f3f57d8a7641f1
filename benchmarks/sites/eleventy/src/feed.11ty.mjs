import { feed } from "../lib/atlas.mjs";

export const data = { permalink: "/feed.xml", eleventyExcludeFromCollections: true };
export const render = ({ site }) => feed(site.url, site.title);
