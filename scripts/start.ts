/** `npm start`: runs the whole of Taskdeck on this machine until it is told to stop. */
import { supervise } from './start/supervise.ts';

await supervise('start');
