/** The end of an id: ids begin with their time, so the end is what tells two apart. */
export const shortId = (id: string): string => id.slice(-8);
