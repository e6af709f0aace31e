// How many words a second chrono-node reads, over the texts of `cargo xtask bench`: the best of three rounds.
// node chrono.mjs FOLDER-OF-CHRONO-NODE TEXTS
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, path] = process.argv.slice(2);
const chrono = createRequire(pathToFileURL(`${folder}/`))(folder);
const texts = readFileSync(path, "utf8").split("\u001e").filter((text) => text !== "");
const words = texts.reduce((sum, text) => sum + text.split(/\s+/).filter(Boolean).length, 0);
const characters = texts.reduce((sum, text) => sum + [...text].length, 0);
const published = new Date(2021, 6, 23);

let best = Infinity;
let found = 0;
for (let round = 0; round < 3; round++) {
  const begin = performance.now();
  found = texts.reduce((sum, text) => sum + chrono.parse(text, published).length, 0);
  best = Math.min(best, (performance.now() - begin) / 1000);
}
console.log(
  `measured: chrono-node: ${(words / best).toFixed(0)} words/s, ${(characters / best).toFixed(0)} characters/s, ` +
    `${found} found in ${words} words`,
);
