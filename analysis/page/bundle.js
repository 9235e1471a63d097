// node bundle.js OUT: page.js for the browser, render.mjs for Node and licences.txt of what is in them.
import { build } from "esbuild";
import { mkdir, readFile, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

const out = process.argv[2], partial = join(out, ".partial");
await mkdir(partial, { recursive: true });
const common = {
  bundle: true, minify: true, metafile: true, legalComments: "none", charset: "utf8",
  logLevel: "warning",
};
const results = await Promise.all([
  build({ ...common, entryPoints: ["page.js"], outfile: join(partial, "page.js"),
          format: "iife", target: "es2020" }),
  build({ ...common, entryPoints: ["render.js"], outfile: join(partial, "render.mjs"),
          platform: "node", format: "esm", target: "node18", external: ["canvas"] }),
]);

/** Folders of the packages whose code is in the bundles. */
const packages = [...new Set(results.flatMap((result) => Object.keys(result.metafile.inputs))
  .map((path) => path.match(/^(node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1]).filter(Boolean))].sort();
const texts = new Map(); // licence → packages under it, word for word
for (const folder of packages) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json")));
  const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? (await readFile(join(folder, file), "utf8")).trim() : `Licence: ${license}`;
  texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
}
await writeFile(join(partial, "licences.txt"), [...texts].map(
  ([text, names]) => `${names.join(", ")}\n\n${text}\n`).join(`\n${"-".repeat(80)}\n\n`));
for (const file of ["licences.txt", "render.mjs", "page.js"]) // page.js last: it is whole
  await rename(join(partial, file), join(out, file));
