/** Whether a part works, in its own words: for people, free of addresses and versions. */
export type Part = { ok: boolean; detail: string };

const limitMs = 2_000;

/** The part's answer; one that takes too long or fails is not ok. */
export async function within(check: () => Promise<Part>, failed: string): Promise<Part> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Part>((resolve) => {
    timer = setTimeout(
      () => resolve({ ok: false, detail: `did not answer within ${limitMs / 1000} seconds` }),
      limitMs,
    );
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return { ok: false, detail: failed };
  } finally {
    clearTimeout(timer);
  }
}
