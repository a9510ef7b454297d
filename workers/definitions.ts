import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Definition } from '#lib/tasks/define';

/**
 * Loads the handlers: the default export of each file in the folder.
 * @throws Error naming the file that exports no definition, or the name that two files use.
 */
export async function loadDefinitions(folder = join(process.cwd(), 'workers/tasks')): Promise<Map<string, Definition>> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort();
  const definitions = new Map<string, Definition>();
  for (const file of files) {
    const source = pathToFileURL(join(folder, file)).href;
    const module = (await import(source)) as { default?: Definition };
    const definition = module.default;
    if (!definition?.name || typeof definition.run !== 'function') {
      throw new Error(`workers/tasks/${file} has no task: it must \`export default defineTask({ … })\`.`);
    }
    if (definitions.has(definition.name))
      throw new Error(`workers/tasks/${file}: another file defines "${definition.name}" already.`);
    definitions.set(definition.name, { ...definition, source });
  }
  return definitions;
}
