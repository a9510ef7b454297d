import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { nonPublicKind } from './address.ts';
import type { AllowList } from './allow-list.ts';
import { GuardedFetchError } from './errors.ts';

/** Gives all addresses of a name. */
export type Resolve = (hostname: string) => Promise<string[]>;

/** A URL with the addresses that were checked for it: only to these may a connection be made. */
export type Target = { url: URL; addresses: string[] };

export type TargetRules = { resolve: Resolve; allowed: AllowList; allowHttp: boolean };

/** Asks the system, so that /etc/hosts counts as for everyone else. */
export const resolveBySystem: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address);

/**
 * Checks a URL and every address of its host. One bad address among good ones refuses all: which of them a
 * connection takes is not ours to say.
 *
 * @throws GuardedFetchError `blocked`, or what `resolve` throws when the name is not known.
 */
export async function checkTarget(input: string | URL, { resolve, allowed, allowHttp }: TargetRules): Promise<Target> {
  const url = parseUrl(input, allowHttp);
  // WHATWG URLs write any IPv4 notation (0x7f.1, 2130706433) as four numbers, and IPv6 in brackets.
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(literal) ? [literal] : await resolve(url.hostname);
  if (addresses.length === 0)
    throw new GuardedFetchError('network', `The request to ${url.host} failed: the name has no address.`);

  if (!allowed(url.hostname, portOf(url))) {
    const kind = addresses.map(nonPublicKind).find((found) => found !== null);
    if (kind) {
      throw new GuardedFetchError(
        'blocked',
        `${url.host} was not called: it leads to ${kind} address, and only public ones may be called. The operator of this Taskdeck can allow the host in HTTP_ALLOW_PRIVATE.`,
      );
    }
  }
  return { url, addresses };
}

const portOf = (url: URL): number => Number(url.port || (url.protocol === 'https:' ? 443 : 80));

function parseUrl(input: string | URL, allowHttp: boolean): URL {
  if (!URL.canParse(String(input)))
    throw new GuardedFetchError('blocked', 'The URL cannot be read: it looks like https://host/path.');
  const url = new URL(input);
  if (url.protocol !== 'https:' && !(allowHttp && url.protocol === 'http:')) {
    throw new GuardedFetchError(
      'blocked',
      `A URL here begins with https://${allowHttp ? ' or http://' : ''}, not ${url.protocol}`,
    );
  }
  if (url.username || url.password) {
    throw new GuardedFetchError(
      'blocked',
      'The URL holds a user name or password, which would end up in logs: send an Authorization header instead.',
    );
  }
  return url;
}
