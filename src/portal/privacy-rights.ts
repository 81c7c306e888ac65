import type { Language } from '../text/bilingual.ts';
import { privacyText } from '../text/privacy.ts';

/** Where each right is exercised; `stopHref` says how to restrict or object. */
export function rightsLinks(language: Language, stopHref: string) {
  const { rights } = privacyText[language];
  return [
    { href: '/settings', label: rights.correct, description: rights.correctText, icon: 'pencil' },
    {
      href: '/my-data/download',
      label: rights.move,
      description: rights.moveText,
      icon: 'download',
    },
    { href: '/close', label: rights.erase, description: rights.eraseText, icon: 'trash' },
    { href: stopHref, label: rights.stop, description: rights.stopText, icon: 'hand' },
  ] as const;
}
