export { GuardedFetchError } from './errors.ts';
export type { GuardedFetchReason } from './errors.ts';
export { guardedFetch } from './guarded-fetch.ts';
export type { GuardedFetch, GuardedRequest, GuardedResponse } from './guarded-fetch.ts';
export { headerProblem } from './request-headers.ts';
export { unlessAborted } from './unless-aborted.ts';
