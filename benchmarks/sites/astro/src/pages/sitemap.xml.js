import { sitemap } from "../lib/articles.mjs";

export const GET = ({ site }) => new Response(sitemap(site.origin));
