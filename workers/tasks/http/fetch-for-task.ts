import { GuardedFetchError, guardedFetch } from '#lib/net/index';
import type { GuardedFetch } from '#lib/net/index';
import { PermanentError } from '#lib/tasks/define';

/**
 * The guarded HTTP client, with errors as a handler wants them.
 *
 * @throws PermanentError for a URL that may not be called and an answer that is too large; others are worth another attempt.
 */
export const fetchForTask: GuardedFetch = async (url, request) => {
  try {
    return await guardedFetch(url, request);
  } catch (error) {
    if (error instanceof GuardedFetchError && error.permanent)
      throw new PermanentError(error.message, { cause: error });
    throw error;
  }
};

/** Whether a server that answered so may answer otherwise later: overloaded, too slow, broken for now. */
export const mayPass = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;
