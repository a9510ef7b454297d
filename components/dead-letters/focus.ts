/** The heading of the page, where the focus goes from a group that is gone. */
export const headingId = 'dead-letters';

export const findHeading = (): HTMLElement | null => document.getElementById(headingId);

/** The ref of a row: when it goes while the focus is in it, the heading takes that over. */
export const handFocusOn = (row: HTMLLIElement) => () => {
  if (row.contains(document.activeElement)) findHeading()?.focus();
};
