export { checkHealth } from './check.ts';
export type { Health } from './check.ts';
export type { Part } from './part.ts';
