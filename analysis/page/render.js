// node render.mjs FOLDER NAME...: FOLDER/NAME.vl.json → NAME.svg, and NAME.pdf where rsvg-convert is.
// Writes to NAME.*.partial first. Prints the names of the files that it made, one a line; exit 1 with
// a message when a figure cannot be drawn.
import { execFile } from "node:child_process";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import * as vega from "vega";
import { compile } from "vega-lite";

const [folder, ...names] = process.argv.slice(2);

async function svg(name) {
  const spec = JSON.parse(await readFile(join(folder, `${name}.vl.json`), "utf8"));
  const logger = vega.logger(vega.Error);
  const view = new vega.View(vega.parse(compile(spec, { logger }).spec), { renderer: "none", logger });
  const text = await view.toSVG();
  view.finalize();
  const path = join(folder, `${name}.svg`), { title, description } = spec.usermeta ?? {};
  const words = [["title", title], ["desc", description]].filter(([, word]) => word).map(
    ([tag, word]) => `<${tag}>${word.replace(/&/g, "&amp;").replace(/</g, "&lt;")}</${tag}>`);
  await writeFile(`${path}.partial`, text.replace(/(<svg[^>]*)>/, `$1 role="img">${words.join("")}`));
  await rename(`${path}.partial`, path);
  return path;
}

async function pdf(from) {
  const path = from.replace(/svg$/, "pdf");
  await promisify(execFile)("rsvg-convert", ["--format=pdf", `--output=${path}.partial`, from],
    { env: { ...process.env, SOURCE_DATE_EPOCH: "0" } });
  await rename(`${path}.partial`, path);
  return path;
}

try {
  const drawn = [];
  for (const name of names) drawn.push(await svg(name));
  console.log(drawn.join("\n"));
  const at_once = 2;
  await Promise.all(Array.from({ length: at_once }, async (_, first) => {
    for (let i = first; i < drawn.length; i += at_once) console.log(await pdf(drawn[i]));
  }));
} catch (problem) {
  if (problem.code === "ENOENT" && problem.syscall?.startsWith("spawn"))
    console.error("no PDF: expected rsvg-convert in PATH (Debian: librsvg2-bin)");
  else {
    console.error(problem.message);
    process.exitCode = 1;
  }
}
