import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json: one up from the sources, two up from what is built. */
export const packageRoot: string = (() => {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error(`No package.json above ${import.meta.url}`);
    folder = parent;
  }
  return folder;
})();

/** Whether the sources themselves run (by tsx or in tests), not what was built from them. */
export const runsFromSource: boolean = import.meta.url.endsWith('.ts');

/** Where the web application stands once it was built. */
export const builtPages: string = path.join(packageRoot, 'web/dist');
