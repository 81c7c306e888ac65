import type { Language } from '../text/bilingual.ts';
import { privacyText } from '../text/privacy.ts';

/** Where each right is exercised. */
export function rightsLinks(language: Language) {
  const { rights } = privacyText[language];
  return [
    {
      href: '/rights/correct',
      label: rights.correct,
      description: rights.correctText,
      icon: 'pencil',
    },
    {
      href: '/my-data/download',
      label: rights.move,
      description: rights.moveText,
      icon: 'download',
    },
    { href: '/close', label: rights.erase, description: rights.eraseText, icon: 'trash' },
    {
      href: '/rights/restrict',
      label: rights.restrict,
      description: rights.restrictText,
      icon: 'hand',
    },
    { href: '/rights/object', label: rights.object, description: rights.objectText, icon: 'ban' },
    {
      href: '/rights/protected-identity',
      label: rights.hide,
      description: rights.hideText,
      icon: 'shield-check',
    },
    { href: '/rights', label: rights.all, description: rights.allText, icon: 'book-open' },
  ] as const;
}
