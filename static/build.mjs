// Builds the browser assets into dist/, or into the folder given as argument: subset fonts, icon sprite, bundles,
// offline pages, compressed copies, manifest, licences, service worker. Needs node 18 or later.
// Fails on any warning and on any size over budget.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import esbuild from "esbuild";
import subsetFont from "subset-font";

const root = dirname(fileURLToPath(import.meta.url));
const dist = resolve(process.argv[2] ?? join(root, "dist"));
const scratch = join(root, ".build");
const fontCache = join(root, "node_modules", ".cache", "bilik-fonts");
const languages = ["az", "en", "ru"];
const targets = ["chrome123", "edge123", "firefox128", "safari17.5"];

// Kilobytes over the wire that no change may exceed (visual language, section 10).
const budgets = {
  "app.css": 9,
  "lesson.css": 5.5,
  "dash.css": 3,
  "print.css": 1.2,
  "icons.svg": 3,
  "favicon.svg": 0.5,
  "mulish-400-lat.woff2": 14,
  "mulish-700-lat.woff2": 14,
  "literata-400-lat.woff2": 24,
  "literata-600-lat.woff2": 24,
  "mulish-400-cyr.woff2": 14,
  "mulish-700-cyr.woff2": 14,
  "literata-400-cyr.woff2": 24,
  "literata-600-cyr.woff2": 24,
  "stix-two-math-400-math.woff2": 50,
};
const scriptBudget = 6;

const manifest = {};
const sizes = {};
const licensed = new Set([
  "@expo-google-fonts/literata",
  "@expo-google-fonts/mulish",
  "@expo-google-fonts/stix-two-math",
  "lucide-static",
]);

rmSync(dist, { recursive: true, force: true });
for (const folder of [dist, scratch, fontCache]) mkdirSync(folder, { recursive: true });

await subsetFonts();
await bundle();
put("icons.svg", iconSprite());
put("favicon.svg", readFileSync(join(root, "src/img/favicon.svg")));
for (const language of languages) put(`offline.${language}.html`, offlinePage(language));
put("third-party.txt", thirdPartyNotice());
writeFileSync(join(dist, "robots.txt"), readFileSync(join(root, "src/robots.txt")));
await writeServiceWorker();
compressAll();
writeFileSync(join(dist, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
checkBudgets();

// Two files per face: Latin for az and en, and Cyrillic with the letters of az for ru, so that a page needs one of them.
async function subsetFonts() {
  const range = (from, to) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
  const ascii = range(0x20, 0x7e);
  const marks = "\u00a0«»§©°±·–—‘’‚“”„†•…‹›′″−×÷≤≥≈→←↑↓✓№₼€\u2009\u202f\u2011";
  const azerbaijani = "ÇçƏəĞğİıÖöŞşÜü";
  const alphabets = {
    lat: ascii + marks + range(0xa1, 0x17f) + azerbaijani + "ȘșȚț",
    // Lesson texts seldom need the letters of neighbours, and a slow line carries every byte.
    "lat text": ascii + marks + range(0xa1, 0xff) + azerbaijani,
    cyr: ascii + marks + azerbaijani + range(0x410, 0x44f) + "Ёё",
  };
  const faces = {
    "mulish-400": "mulish/400Regular/Mulish_400Regular.ttf",
    "mulish-700": "mulish/700Bold/Mulish_700Bold.ttf",
    "literata-400": "literata/400Regular/Literata_400Regular.ttf",
    "literata-600": "literata/600SemiBold/Literata_600SemiBold.ttf",
  };
  for (const [face, file] of Object.entries(faces)) {
    for (const script of ["lat", "cyr"]) {
      const letters = (face === "literata-400" && alphabets[`${script} text`]) || alphabets[script];
      await subset({ name: `${face}-${script}`, file, letters, noLayoutClosure: true });
    }
  }
  await subset({
    name: "stix-two-math-400-math",
    file: "stix-two-math/400Regular/STIXTwoMath_400Regular.ttf",
    letters: mathLetters(range),
    // Tall brackets and wide roots come along by the font's table for formulas, not by its layout.
    noLayoutClosure: true,
  });
}

// Browsers take slanted letters from the block of mathematical alphabets. Words in formulas are set in the reading font.
function mathLetters(range) {
  const ascii = range(0x21, 0x7e);
  const greek = "ΓΔΘΛΞΠΣΦΨΩ" + range(0x3b1, 0x3c9) + "ϑϕϵ";
  const italic = range(0x1d434, 0x1d467) + "ℎ" + range(0x1d6fc, 0x1d714) + "𝜕𝜖𝜗𝜙";
  const bold = range(0x1d400, 0x1d433);
  const marks = "\u00a0\u2061\u0302\u0303\u0304\u0307\u20d7ˆ˙¨¯‾´~→";
  const signs = "°′″…⋯⋮⋱⋅×÷±∓−≤≥≠≈≡∼≅∝≪≫∈∉⊂⊆∪∩∅∀∃∧∨∑∏∫∂∇√∞∥∣∤←→↔⇌⇒⇔⟶⟹⟺⟨⟩⌈⌉⌊⌋ℝℕℤ𝔼ℓ∘∗∴";
  return ascii + greek + italic + bold + marks + signs;
}

// Subsetting takes a second for each file, so the result is kept by its content.
async function subset({ name, file, letters, noLayoutClosure }) {
  const whole = readFileSync(join(packageFolder("@expo-google-fonts"), file));
  const key = createHash("sha256").update(whole).update(letters).digest("hex").slice(0, 16);
  const kept = join(fontCache, key + ".woff2");
  if (!existsSync(kept)) writeFileSync(kept, await subsetFont(whole, letters, { targetFormat: "woff2", noLayoutClosure }));
  writeFileSync(join(scratch, `${name}.woff2`), readFileSync(kept));
}

async function bundle() {
  const common = {
    bundle: true,
    minify: true,
    target: targets,
    logLevel: "warning",
    legalComments: "none",
    metafile: true,
    outdir: dist,
    entryNames: "[name].[hash]",
    assetNames: "[name].[hash]",
    chunkNames: "[name].[hash]",
  };
  const scripts = await esbuild.build({
    ...common,
    entryPoints: [join(root, "src/js/app.js")],
    format: "esm",
    splitting: true,
  });
  const styles = await esbuild.build({
    ...common,
    loader: { ".woff2": "file", ".svg": "file" },
    entryPoints: ["app", "lesson", "dash", "print"].map((name) => join(root, "src/css", name + ".css")),
  });
  for (const warning of [...scripts.warnings, ...styles.warnings]) fail(`warning treated as an error: ${warning.text}`);
  for (const { metafile } of [scripts, styles]) {
    for (const [output, about] of Object.entries(metafile.outputs)) {
      const hashed = basename(output);
      const logical = about.entryPoint ? basename(about.entryPoint) : hashed.replace(/\.[A-Z0-9]{8}\./, ".");
      manifest[logical] = hashed;
    }
    for (const input of Object.keys(metafile.inputs)) {
      const found = [...input.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)].at(-1);
      if (found) licensed.add(found[1]);
    }
  }
}

function iconSprite() {
  const names = readFileSync(join(root, "src/icons/icons.txt"), "utf8").split(/\s+/).filter(Boolean);
  const drawing =
    'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';
  const symbols = names.map((name) => {
    const svg = readFileSync(join(packageFolder("lucide-static"), "icons", name + ".svg"), "utf8");
    const shapes = svg
      .replace(/^[\s\S]*?<svg[^>]*>/, "")
      .replace(/<\/svg>[\s\S]*$/, "")
      .replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" ${drawing}>${shapes}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

// The page that the service worker shows when a page was never read online.
function offlinePage(language) {
  const text = readFileSync(join(root, "src/pages", `offline.${language}.html`), "utf8");
  return text.replace(/\{\{(.+?)\}\}/g, (_, name) => address(name));
}

function thirdPartyNotice() {
  let notice = "Third-party parts of Bilik's browser assets\n";
  for (const name of [...licensed].sort()) {
    const about = JSON.parse(readFileSync(join(packageFolder(name), "package.json"), "utf8"));
    const files = readdirSync(packageFolder(name)).filter((file) => /^(licen[cs]e|copying|ofl)/i.test(file));
    if (files.length === 0) fail(`${name} has no licence file`);
    const texts = files.map((file) => readFileSync(join(packageFolder(name), file), "utf8").trim());
    notice += `\n${"=".repeat(72)}\n${name} ${about.version} (${about.license})\n\n${texts.join("\n\n")}\n`;
  }
  return notice;
}

// Not hashed: browsers look for it at one address. Its version is the hash of the manifest.
async function writeServiceWorker() {
  const core = Object.keys(manifest).filter((name) => /^(app|lesson)\.css$|\.js$|^icons/.test(name));
  const version = createHash("sha256").update(JSON.stringify(manifest)).digest("hex").slice(0, 8);
  const source = readFileSync(join(root, "src/js/worker.js"), "utf8")
    .replaceAll("__VERSION__", version)
    .replaceAll("__CORE__", JSON.stringify(core.map(address)))
    .replaceAll(
      "__OFFLINE__",
      JSON.stringify(Object.fromEntries(languages.map((l) => [l, address(`offline.${l}.html`)]))),
    );
  const { code } = await esbuild.transform(source, { minify: true, target: "es2022" });
  writeFileSync(join(dist, "sw.js"), code);
}

function compressAll() {
  for (const file of readdirSync(dist)) {
    const raw = readFileSync(join(dist, file));
    sizes[file] = raw.length;
    if (!/\.(js|css|svg|txt|html)$/.test(file)) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length };
    const brotli = brotliCompressSync(raw, { params });
    sizes[file] = brotli.length;
    writeFileSync(join(dist, file + ".br"), brotli);
    writeFileSync(join(dist, file + ".gz"), gzipSync(raw, { level: 9 }));
  }
}

function checkBudgets() {
  const scripts = Object.keys(manifest).filter((name) => name.endsWith(".js"));
  const rows = Object.entries(budgets).map(([name, limit]) => [name, sizes[manifest[name]] ?? 0, limit]);
  rows.push(["all scripts", scripts.reduce((sum, name) => sum + sizes[manifest[name]], 0), scriptBudget]);
  for (const [name, size, limit] of rows) {
    const kilobytes = (size / 1000).toFixed(1);
    console.log(`${name.padEnd(24)} ${kilobytes.padStart(6)} of ${limit} kB`);
    if (size === 0) fail(`${name} is missing`);
    if (size > limit * 1000) fail(`${name} is ${kilobytes} kB, its budget is ${limit} kB`);
  }
}

function put(logical, data) {
  const hash = createHash("sha256").update(data).digest("hex").slice(0, 8);
  const dot = logical.lastIndexOf(".");
  manifest[logical] = `${logical.slice(0, dot)}.${hash}${logical.slice(dot)}`;
  writeFileSync(join(dist, manifest[logical]), data);
}

function address(logical) {
  return manifest[logical] ? "/assets/" + manifest[logical] : fail(`there is no asset ${logical}`);
}

function packageFolder(name) {
  return join(root, "node_modules", name);
}

function fail(why) {
  throw new Error(`static/build.mjs: ${why}`);
}
