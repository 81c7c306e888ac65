import type { Words } from './shape.ts';

/** What "secure, reliable and available" means in numbers. The notice prints the words, P11 holds the system to the numbers. */
export const limits = {
  /** Share of the minutes of the last 30 days in which the service was ready. */
  availability_percent: 99,
  availability_days: 30,
  /** A certificate of TLS is renewed before it has fewer days left. */
  certificate_days: 14,
  /** A restore is rehearsed at least this often. */
  rehearsal_days: 14,
  /** Somebody has looked at what the system found suspicious within this time. */
  security_event_hours: 72,
} as const;

export const limitWords: Words = {
  sv: `Med det menar vi att tjänsten är uppe minst ${limits.availability_percent} procent av tiden under ${limits.availability_days} dagar, att all trafik är krypterad, att vi övar på att återställa från säkerhetskopia minst var ${limits.rehearsal_days}:e dag, och att någon av oss ser på varje misstänkt händelse inom ${limits.security_event_hours} timmar.`,
  en: `By that we mean that the service is up at least ${limits.availability_percent} per cent of the time during ${limits.availability_days} days, that all traffic is encrypted, that we rehearse a restore from backup at least every ${limits.rehearsal_days} days, and that one of us looks at every suspicious event within ${limits.security_event_hours} hours.`,
};
