import ipaddr from 'ipaddr.js';

const kinds: Record<string, string> = {
  private: 'a private',
  loopback: 'a loopback',
  linkLocal: 'a link-local',
  carrierGradeNat: 'a carrier-grade NAT',
  uniqueLocal: 'a private',
  multicast: 'a multicast',
  broadcast: 'a broadcast',
  unspecified: 'an unspecified',
};

/**
 * Says what keeps an IP address from being one on the public internet.
 * What is not known to be public is not: the list is one of permissions.
 *
 * @returns null for a public address, else a phrase for it with its article, as in "a loopback".
 */
export function nonPublicKind(address: string): string | null {
  if (!ipaddr.isValid(address)) return 'an unreadable';
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (parsed.kind() === 'ipv4') return range === 'unicast' ? null : (kinds[range] ?? 'a reserved');

  const bytes = parsed.toByteArray();
  if (range === 'ipv4Mapped' || isNat64(bytes)) return nonPublicKind(bytes.slice(12).join('.'));
  // 2000::/3 is all that is handed out; 6to4 and Teredo lie within it, carry an IPv4 address and are dead.
  const isGlobal = range === 'unicast' && ((bytes[0] ?? 0) & 0xe0) === 0x20;
  return isGlobal ? null : (kinds[range] ?? 'a reserved');
}

/** 64:ff9b::/96 (RFC 6052): how a network without IPv4 reaches the public IPv4 internet. */
function isNat64(bytes: number[]): boolean {
  const prefix = [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0];
  return prefix.every((byte, index) => bytes[index] === byte);
}
