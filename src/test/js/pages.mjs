// Lets tests import the modules of the pages: served from one folder, they lie in two.
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const SOURCES = ['../../main/resources/io/weir/http/page/', '../../main/resources/io/weir/admin/console/'];
const folder = mkdtempSync(join(tmpdir(), 'weir-pages-'));
SOURCES.forEach((source) => cpSync(fileURLToPath(new URL(source, import.meta.url)), folder, { recursive: true }));
writeFileSync(join(folder, 'package.json'), '{"type":"module"}');

/** A module of the console. @param {string} name */
export function page(name) {
  return import(pathToFileURL(join(folder, name)).href);
}
