/** Words of the screen. */
export const en = { title: 'downloads' };
