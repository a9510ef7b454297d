const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Where a browser reaches Supabase. An address on loopback means "the machine that runs Taskdeck", so for a browser
 * elsewhere in the network it becomes the name by which that browser asked.
 *
 * @param host the request's Host header.
 */
export function browserAddress({
  supabaseUrl,
  publicUrl,
  host,
}: {
  supabaseUrl: string;
  publicUrl?: string | undefined;
  host: string | null;
}): string {
  const url = new URL(publicUrl ?? supabaseUrl);
  const asked = host && /^[A-Za-z0-9.:[\]_-]+$/.test(host) ? URL.parse(`http://${host}`)?.hostname : undefined;
  if (!publicUrl && asked && loopback.test(url.hostname) && !loopback.test(asked)) url.hostname = asked;
  return url.href.replace(/\/+$/, '');
}
