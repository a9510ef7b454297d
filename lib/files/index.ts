export { deleteExpiredFiles } from './expire.ts';
export { readFile } from './read.ts';
export { saveFile } from './save.ts';
export { maxFileBytes } from './types.ts';
export type { FileInfo } from './types.ts';
