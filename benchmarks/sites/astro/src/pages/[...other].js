// The tables to download and the parts of the search's index.
import { others } from "../lib/articles.mjs";

export function getStaticPaths() {
  return others.map((file) => ({ params: { other: file.path }, props: { file } }));
}
export const GET = ({ props }) => new Response(props.file.write());
