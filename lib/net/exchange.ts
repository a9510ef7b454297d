import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIPv6 } from 'node:net';
import type { LookupFunction } from 'node:net';
import type { Target } from './target.ts';

export type Outgoing = { method: string; headers: Record<string, string>; body: string | Buffer | undefined };

/**
 * Sends one request over a connection of its own, to an address that was checked and to no other: a name that
 * resolves differently a moment later (DNS rebinding) is not asked again. TLS still verifies the name.
 *
 * @param ca a certificate to trust, for tests.
 * @returns the answer as soon as its headers are there; its body is still to be read.
 * @throws what Node's DNS, TCP, TLS or HTTP reports, or the signal's reason.
 */
export function exchange(
  { url, addresses }: Target,
  { method, headers, body }: Outgoing,
  signal: AbortSignal,
  ca?: string,
): Promise<IncomingMessage> {
  const pinned = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  const lookup: LookupFunction = (_hostname, options, callback) => {
    const [first] = pinned;
    if (options.all || !first) callback(null, pinned);
    else callback(null, first.address, first.family);
  };

  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    // Without an agent there is no pool, so a connection never outlives the check that allowed it.
    const request = send(url, { method, headers, lookup, signal, agent: false, ca });
    request.on('response', resolve);
    request.on('error', reject);
    // A server that switches protocols is not one we asked to.
    request.on('upgrade', (_response, socket) => {
      socket.destroy();
      reject(new Error('the server switched to another protocol'));
    });
    request.end(body);
  });
}
