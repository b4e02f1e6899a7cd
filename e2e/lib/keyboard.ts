import type { Page } from 'playwright-core';

/** What of the page's own content the Tab key never came to, and what it came to out of sight; by its name. */
export async function unreachedByKeyboard(page: Page): Promise<string[]> {
  const expected = await page.evaluate(() => {
    const selector = 'main :is(a[href], button, input, select, textarea, summary, [tabindex="0"])';
    // Tab comes to the chosen one of a group of choices; arrow keys lead on from it.
    const unreachable = ':disabled, input[type="radio"]:not(:checked)';
    const all = [...document.querySelectorAll<HTMLElement>(selector)].filter(
      (one) => one.tabIndex >= 0 && !one.matches(unreachable) && one.checkVisibility({ visibilityProperty: true }),
    );
    for (const [index, one] of all.entries()) one.dataset['walked'] = String(index);
    return all.map((one) => one.getAttribute('aria-label') ?? one.textContent?.trim() ?? one.tagName);
  });
  const reached = new Set<number>();
  const hidden: string[] = [];
  await page.locator('body').focus();
  // What is before the content, such as the navigation, comes first; groups of choices are one stop.
  for (let press = 0; press < expected.length + 80; press += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const one = document.activeElement as HTMLElement | null;
      if (one === null || one.dataset['walked'] === undefined) return null;
      const { width, height } = one.getBoundingClientRect();
      return { index: Number(one.dataset['walked']), isShown: width > 0 && height > 0 };
    });
    if (at === null) continue;
    reached.add(at.index);
    if (!at.isShown) hidden.push(`${expected[at.index]}: out of sight`);
  }
  return [...expected.filter((_, index) => !reached.has(index)), ...hidden];
}
