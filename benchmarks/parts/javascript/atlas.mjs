// Every record by its kind and id, read once a build and asked by every page; and the rows of records, each
// written once. The articles are the generator's own: it hands them in with `know`.
import fs from "node:fs";
import path from "node:path";
import { CORE_SCHEMA, load } from "js-yaml";

const FOLDER = "data";
const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

const read = (name) => fs.readFileSync(path.join(FOLDER, name), "utf8");
const told = (name) => JSON.parse(read(`${name}.json`));
// Days stay what the author wrote: texts.
const records = (name) => load(read(name), { schema: CORE_SCHEMA });
const files = (folder) => fs.readdirSync(path.join(FOLDER, folder)).sort();
const stem = (file) => path.basename(file, ".yaml");

export const pages = told("pages"), tables = told("tables"), searches = told("search"), assets = told("assets");

const known = { articles: {}, events: {}, figures: {}, quotes: {}, regions: {}, actors: {}, measures: {} };
for (const file of files("annotations")) {
  const stated = records(`annotations/${file}`);
  for (const kind of ["events", "figures", "quotes"])
    for (const one of stated[kind] ?? []) known[kind][one.id] = { ...one, source: stem(file) };
}
for (const kind of ["regions", "actors"])
  for (const file of files(kind)) known[kind][stem(file)] = records(`${kind}/${file}`);
for (const one of records("measures.yaml")) known.measures[one.id] = one;
const byPath = new Map(pages.map((page) => [page.path, page]));

export const record = (kind, id) => known[kind][id];
export const know = (articles) => {
  for (const one of articles) known.articles[one.id] = one;
  rowOf.clear();
};

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const esc = (text) => String(text).replace(/[&<>"]/g, (sign) => SIGNS[sign]);
export const title = (word) => word[0].toUpperCase() + word.slice(1);
export const iso = (day) => (day instanceof Date ? day.toISOString().slice(0, 10) : day);
export const long = (day) => `${+day.slice(8)} ${MONTHS[day.slice(5, 7) - 1]} ${day.slice(0, 4)}`;
export const short = (day) => `${+day.slice(8)} ${MONTHS[day.slice(5, 7) - 1].slice(0, 3)} ${day.slice(0, 4)}`;
const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

export const regionLinks = (ids, between = "") =>
  ids.map((id) => `<a href="/regions/${id}.html">${esc(record("regions", id).name)}</a>`).join(between);
const time = (day) => `<time datetime="${day}">${short(day)}</time>`;
const unseen = (article) => `<span class="unseen"> at ${esc(article.container_title)}</span>`;
const outward = (article, words = "live original", at = "") =>
  `<a class="outward" rel="noopener noreferrer" href="${esc(article.original)}${at}">${words}${unseen(article)}</a>`;
const permalink = (address, id) =>
  `&nbsp;<a class="permalink" href="${address}" aria-label="Permanent link: ${id}">¶</a>`;
const source = (record_) => {
  const article = record("articles", record_.source);
  return [article, `<a href="/articles/${record_.source}.html">${esc(article.container_title)}</a>`];
};

const write = {
  articles(id, r, brief) {
    const link = `<a href="/articles/${id}.html" lang="${r.language}">${esc(r.title)}</a>`;
    const rest = `<h3>${link}</h3>
<p>${esc(r.summary)}</p><p class="small">${brief ? "" : regionLinks(r.regions, ", ")}</p>`;
    return `<li class="row article"><p class="teaser__by">${time(r.issued)} · ${esc(r.container_title)} · newspaper article · ${outward(r)}</p>
${brief ? link : rest}</li>\n`;
  },
  events(id, r, brief) {
    const link = `<a href="/events/${id}.html">${esc(r.title)}</a>`;
    const [article, from] = source(r);
    const rest = `<div class="event__what"><h3 class="event__title">${link}${permalink(`/events/${id}.html`, id)}</h3>
<p class="event__meta">${title(r.kind)} · ${regionLinks(r.regions)}</p>
<p class="event__says">${esc(r.says)}</p></div>
<div class="event__side"><p><span class="origin-count">1 article, <strong>1 origin</strong></span></p><ul><li>${from}, ${short(article.issued)}</li></ul></div>`;
    return `<li class="row event" id="${id}"><p class="event__when">${time(r.date)}</p>\n${brief ? link : rest}</li>\n`;
  },
  figures(id, r, brief) {
    const measure = record("measures", r.measure);
    const [article, from] = source(r);
    const value = r.value === undefined
      ? `<data value="${r.low}/${r.high}">${number(r.low)} to ${number(r.high)}</data>`
      : `<data value="${r.value}">${number(r.value)}</data>`;
    const address = `/figures/${r.measure}.html#${id}`;
    const rest = `<a href="/figures/${r.measure}.html">${esc(measure.title)}</a>, ${esc(measure.unit)} · ${regionLinks(r.regions)} · ${r.basis}
<span class="chain"><b>${from}</b>, ${short(article.issued)}</span> ${outward(article)}${permalink(address, id)}`;
    return `<li class="row figure" id="${id}">${time(r.as_of)} ${value}
${brief ? `<a href="${address}">${esc(measure.title)}</a>` : rest}</li>\n`;
  },
  quotes(id, r, brief) {
    const speaker = esc(record("actors", r.speaker).name);
    const [article, from] = source(r);
    const address = `/articles/${r.source}.html#${id}`;
    const there = outward(article, "live, at these words", `#:~:text=${encodeURIComponent(r.exact)}`);
    const rest = `<span class="quote__from"><span class="chain"><b><a href="/actors/${r.speaker}.html">${speaker}</a></b> <i>→</i> ${from}, ${short(article.issued)}</span> ${there} · ${regionLinks(r.regions)}${permalink(address, id)}</span>`;
    return `<li class="row quote" id="${id}"><blockquote lang="${r.lang}"><p>${esc(r.exact)}</p></blockquote>
${brief ? `<a href="${address}">${speaker}</a>` : rest}</li>\n`;
  },
  measures: (id, r) =>
    `<li class="row"><a href="/figures/${id}.html">${esc(r.title)}</a>, ${esc(r.unit)}. ${esc(r.definition)}</li>\n`,
  regions: (id, r, brief) =>
    `<li class="row"><a href="/regions/${id}.html">${esc(r.name)}</a> ${r.type}${brief ? "" : `<p>${esc(r.summary)}</p>`}</li>\n`,
  actors: (id, r) => `<li class="row"><a href="/actors/${id}.html">${esc(r.name)}</a> ${r.type}</li>\n`,
};

const rowOf = new Map();
const row = (kind, id, brief) => {
  const key = `${id} ${kind} ${brief}`;
  let html = rowOf.get(key);
  if (html === undefined) rowOf.set(key, (html = write[kind](id, record(kind, id), brief)));
  return html;
};

// What a page shows: a section for each kind of record.
export const rows = (address) => {
  const page = byPath.get(address);
  return Object.entries(page.records).map(([kind, ids]) =>
    `<section class="section" aria-labelledby="${kind}"><h2 id="${kind}">${title(kind)}</h2>
<ul>${ids.map((id) => row(kind, id, page.brief)).join("")}</ul></section>\n`).join("");
};

const familyOf = new Map();
// The other pages of a page's family, where it has one.
export const siblings = (family) => {
  if (!["timeline", "timeline-part", "a-z"].includes(family)) return "";
  if (!familyOf.has(family)) {
    const links = pages.filter((page) => page.kind === family)
      .map((page) => `<li><a href="/${page.path}">${esc(page.title)}</a></li>`);
    familyOf.set(family, `<nav class="siblings"><ul>${links.join("")}</ul></nav>`);
  }
  return familyOf.get(family);
};

const COLUMNS = {
  articles: "id,title,container_title,issued,accessed,url,language,regions,summary,curated,address",
  events: "id,source,regions,says,title,date,kind,address",
  figures: "id,source,regions,measure,value,low,high,as_of,basis,address",
  quotes: "id,source,regions,speaker,exact,lang,address",
  measures: "id,title,definition,unit,counting",
  regions: "id,name,type,summary",
  actors: "id,name,type",
};
const ADDRESS = {
  articles: (id) => `articles/${id}.html`,
  events: (id) => `events/${id}.html`,
  figures: (id, r) => `figures/${r.measure}.html#${id}`,
  quotes: (id, r) => `articles/${r.source}.html#${id}`,
};
const sorted = (kind) => Object.entries(known[kind]).sort(([a], [b]) => (a < b ? -1 : 1));
const entries = ({ of, measure }) =>
  sorted(of)
    .filter(([, r]) => !measure || r.measure === measure)
    .map(([id, { plain, ...r }]) => ({ id, ...r, url: r.original, address: ADDRESS[of]?.(id, r) }));
const cell = (value) => {
  const text = Array.isArray(value) ? value.join(" ") : String(value ?? "");
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const csv = (table) => {
  const columns = COLUMNS[table.of].split(",");
  const lines = entries(table).map((r) => columns.map((name) => cell(r[name])).join(","));
  return [COLUMNS[table.of], ...lines, ""].join("\n");
};

const found = {
  articles: (id, r) => ["articles", r.title, r.issued, id, r.summary, r.plain()],
  events: (id, r) => ["events", r.title, r.date, id, r.says],
  figures: (id, r) => ["figures", r.measure, r.as_of, id, r.value ?? r.low, r.high],
  quotes: (id, r) => ["quotes", r.exact, r.speaker, id],
};
const searched = ({ name, records: those }) => {
  const all = those.map(([kind, id]) => {
    const r = record(kind, id);
    return { r: found[kind]?.(id, r) ?? [kind, r.name ?? r.title, "", id] };
  });
  return `siteSearch("${name}",${JSON.stringify(all)});\n`;
};

// Every file that is no page: its path, and a function that writes it.
export const others = [
  ...tables.flatMap((table) => table.formats.map((format) => ({
    path: `data/${table.name}.${format}`,
    write: () => (format === "csv" ? csv(table) : JSON.stringify(entries(table), null, 1)),
  }))),
  ...searches.map((part) => ({ path: `assets/${part.name}.js`, write: () => searched(part) })),
];

export const plain = (html) => html.replace(/<[^>]*>/g, "").replace(/\s+/g, " ").trim();

export const sitemap = (site) => `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${pages.map((page) => `<url><loc>${site}/${page.path}</loc></url>\n`).join("")}</urlset>
`;

export const feed = (site, name) => {
  const newest = sorted("articles").reverse().slice(0, assets.feed);
  const entry = ([id, r]) => `<entry>
<title>${esc(r.title)}</title>
<id>${site}/articles/${id}.html</id>
<link href="${site}/articles/${id}.html"/>
<updated>${r.curated}T00:00:00Z</updated>
<author><name>${name}</name></author>
<summary>${esc(r.summary)}</summary>
</entry>
`;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>${name}</title>
<id>${site}/</id>
<link rel="self" href="${site}/feed.xml"/>
<updated>2025-01-01T00:00:00Z</updated>
${newest.map(entry).join("")}</feed>
`;
};
