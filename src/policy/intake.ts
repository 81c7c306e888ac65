/**
 * What may be asked before an item is carried out. These are fields of the notice; a question that is not here cannot be
 * put to anybody. None of them asks about health or anything else of GDPR Art. 9.
 */
export const intake = {
  access: {
    sv: 'Hur vi kommer in: portkod, våning, var man parkerar',
    en: 'How we get in: door code, floor, where to park',
  },
  measurements: { sv: 'Mått', en: 'Measurements' },
  vehicle: { sv: 'Fordon och registreringsnummer', en: 'Vehicle and registration number' },
  animal: { sv: 'Djur: namn, ras och ålder', en: 'Animal: name, breed and age' },
  wishes: { sv: 'Önskemål', en: 'Wishes' },
} as const;

export type IntakeField = keyof typeof intake;
export const intakeFields = Object.keys(intake) as IntakeField[];
