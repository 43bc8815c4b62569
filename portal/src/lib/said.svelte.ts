/** What one page tells the next: that a request was sent, a draft deleted. Shown once. */
let text = $state('');

export const said = {
  /** For the page that comes next. */
  leave(words: string): void {
    text = words;
  },
  take(): string {
    const words = text;
    text = '';
    return words;
  },
};
