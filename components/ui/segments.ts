/** The track of a choice that is made by its segments. */
export const trackClasses = 'items-center gap-0.5 rounded-md bg-muted p-0.5';

/**
 * A segment, raised when it is the chosen one: lighter than its track in either theme. Chosen is said by Radix's state, by
 * `aria-current` of a link, or by the radio button within.
 */
export const segmentClasses = [
  'inline-flex h-7 items-center justify-center rounded-sm px-2.5 text-xs font-medium text-muted-foreground transition-colors hover:text-foreground',
  'data-[state=active]:bg-card data-[state=active]:text-foreground data-[state=active]:shadow-card dark:data-[state=active]:bg-input',
  'data-[state=checked]:bg-card data-[state=checked]:text-foreground data-[state=checked]:shadow-card dark:data-[state=checked]:bg-input',
  'aria-[current=true]:bg-card aria-[current=true]:text-foreground aria-[current=true]:shadow-card dark:aria-[current=true]:bg-input',
  'has-checked:bg-card has-checked:text-foreground has-checked:shadow-card dark:has-checked:bg-input',
].join(' ');
