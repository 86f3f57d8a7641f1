// The tables to download and the parts of the search's index.
export const data = {
  pagination: { data: "told.others", size: 1, alias: "file" },
  permalink: (data) => `/${data.file.path}`,
  eleventyExcludeFromCollections: true,
  eleventyImport: { collections: ["articles"] },
};
export const render = ({ file }) => file.write();
