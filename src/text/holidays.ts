import type { Holiday } from '../history/calendar/swedish-holidays.ts';
import { bilingual } from './bilingual.ts';

/** The Swedish holidays and eves as people call them. */
export const holidayNames = bilingual<Record<Holiday, string>>({
  sv: {
    'new-year': 'nyårsdagen',
    epiphany: 'trettondedag jul',
    'good-friday': 'långfredagen',
    easter: 'påskdagen',
    'easter-monday': 'annandag påsk',
    'first-of-may': 'första maj',
    ascension: 'Kristi himmelsfärdsdag',
    pentecost: 'pingstdagen',
    'national-day': 'nationaldagen',
    'midsummer-eve': 'midsommarafton',
    midsummer: 'midsommardagen',
    'all-saints': 'alla helgons dag',
    'christmas-eve': 'julafton',
    christmas: 'juldagen',
    'boxing-day': 'annandag jul',
    'new-years-eve': 'nyårsafton',
  },
  en: {
    'new-year': 'New Year’s Day',
    epiphany: 'Epiphany',
    'good-friday': 'Good Friday',
    easter: 'Easter Sunday',
    'easter-monday': 'Easter Monday',
    'first-of-may': 'First of May',
    ascension: 'Ascension Day',
    pentecost: 'Whit Sunday',
    'national-day': 'National Day',
    'midsummer-eve': 'Midsummer Eve',
    midsummer: 'Midsummer Day',
    'all-saints': 'All Saints’ Day',
    'christmas-eve': 'Christmas Eve',
    christmas: 'Christmas Day',
    'boxing-day': 'Boxing Day',
    'new-years-eve': 'New Year’s Eve',
  },
});
