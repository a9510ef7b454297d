/** Its neighbour. */
export { default } from '../../../workplace/workers/tasks/work.ts';
