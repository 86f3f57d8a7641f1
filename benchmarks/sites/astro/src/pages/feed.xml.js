import { feed, name } from "../lib/articles.mjs";

export const GET = ({ site }) => new Response(feed(site.origin, name));
