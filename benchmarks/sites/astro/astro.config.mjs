import { defineConfig } from "astro/config";

export default defineConfig({
  site: "https://atlas.example",
  outDir: "./out",
  publicDir: "./static",
  cacheDir: "./.cache",
  // A page is a file by its own name, as on every peer's site.
  trailingSlash: "never",
  build: { format: "preserve" },
});
