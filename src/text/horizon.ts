import { bilingual } from './bilingual.ts';

/** When no backup of an erased customer can be read any more: on the notice and on receipts. Dates come formatted. */
export const horizonText = bilingual({
  sv: {
    title: 'När kontot är stängt',
    notice: (epochDays: number, horizonDays: number) =>
      `När du stänger kontot förstörs din nyckel direkt, och då kan ingen läsa dina uppgifter i systemet. I säkerhetskopior kan nyckeln ligga kvar ett tag, låst med en huvudnyckel. Vi byter huvudnyckel var ${epochDays === 1 ? 'dag' : `${epochDays}:e dag`} och förstör den gamla när den nya kopian är prövad. Därför ska inte heller någon säkerhetskopia gå att läsa ${horizonDays} dagar efter att du stängde kontot.`,
    label: 'Säkerhetskopior',
    planned: (date: string) =>
      `Senast den ${date} ska inte heller någon säkerhetskopia gå att läsa.`,
    late: (date: string) =>
      `Den ${date} skulle inte heller någon säkerhetskopia gå att läsa. Det är inte klart än: den gamla huvudnyckeln är kvar. I systemet kan ingen läsa dina uppgifter.`,
    reached: (date: string) =>
      `Sedan den ${date} går det inte att läsa någon säkerhetskopia heller.`,
  },
  en: {
    title: 'When the account is closed',
    notice: (epochDays: number, horizonDays: number) =>
      `When you close the account your key is destroyed at once, and nobody can read your data in the system. In backups the key can remain for a while, locked by a master key. We change the master key ${epochDays === 1 ? 'every day' : `every ${epochDays} days`} and destroy the old one when the new copy has been tried. So no backup should be readable either ${horizonDays} days after you closed the account.`,
    label: 'Backups',
    planned: (date: string) => `By ${date} no backup should be readable either.`,
    late: (date: string) =>
      `By ${date} no backup should have been readable either. That is not done yet: the old master key is still there. In the system nobody can read your data.`,
    reached: (date: string) => `Since ${date} no backup can be read either.`,
  },
});
