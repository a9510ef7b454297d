import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Absolute path of a program in supabase/local. The project's root is the working directory in every process of ours. */
export function localProgram(name: string): string {
  return join(process.cwd(), 'supabase', 'local', name);
}

/** A Node that runs TypeScript: this one if it can, else the project's own. */
export function nodeBinary(): string {
  const [major = 0] = process.versions.node.split('.').map(Number);
  const own = join(process.cwd(), 'node_modules', 'node', 'bin', 'node');
  return major < 24 && existsSync(own) ? own : process.execPath;
}
