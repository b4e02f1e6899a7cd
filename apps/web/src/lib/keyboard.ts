/** Inputs in which a letter is text. Ticking a box is not typing. */
const TYPED = /^(text|search|email|password|number|url|tel|date|time|datetime-local|month|week)$/;

/** Whether keys pressed at an element are meant for it: single-key shortcuts then stay away. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || /^(textarea|select)$/i.test(target.tagName)) return true;
  return target instanceof HTMLInputElement && TYPED.test(target.type);
}

/** A toast is a dialog by its role, but leaves the keyboard to the page. */
const COVER = ['dialog', 'alertdialog', 'menu'].map((role) => `[role="${role}"]:not([data-toast])`).join(',');

/** Whether a dialog or menu has the keyboard for itself. */
export function isCovered(): boolean {
  return document.querySelector(COVER) !== null;
}
