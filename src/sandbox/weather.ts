/** How the stand-in behaves today. A supplier is not always well, and the product must cope with each of these. */

export const smtpWeathers = {
  fair: 'Takes the mail',
  busy: 'Refuses for now (451)',
  'no such mailbox': 'Refuses for ever (550 5.1.1)',
  silent: 'Takes the mail, then drops the line before it answers',
  slow: 'Takes the mail, and its time',
} as const;

export const erasureWeathers = {
  fair: 'Erases and confirms',
  broken: 'Answers 500, erases nothing',
  forgetful: 'Answers 202, and never does it',
} as const;

export type SmtpWeather = keyof typeof smtpWeathers;
export type ErasureWeather = keyof typeof erasureWeathers;
export type Weather = { readonly smtp: SmtpWeather; readonly erasure: ErasureWeather };

export const fairWeather: Weather = { smtp: 'fair', erasure: 'fair' };

export function isSmtpWeather(value: unknown): value is SmtpWeather {
  return typeof value === 'string' && Object.hasOwn(smtpWeathers, value);
}

export function isErasureWeather(value: unknown): value is ErasureWeather {
  return typeof value === 'string' && Object.hasOwn(erasureWeathers, value);
}
