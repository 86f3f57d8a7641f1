export default {
  layout: "base.njk",
  permalink: (data) => `/${data.entry.path}`,
};
