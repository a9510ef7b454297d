/** The isolated handler of the isolates' own tests: what it does to its process its payload says. */
export { default } from '../../../../workers/isolate/testing/hostile.ts';
