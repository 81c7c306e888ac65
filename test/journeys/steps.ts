import assert from 'node:assert/strict';
import { assertAccessible, assertPrintable } from '../browser.ts';
import type { Visitor } from '../browser.ts';
import type { Live } from '../live.ts';
import { demoItems } from '../../src/sandbox/demo-items.ts';
import type { Language } from '../../src/text/bilingual.ts';
import { money } from '../../src/text/format.ts';
import { mailText } from '../../src/text/mail.ts';
import { portalFrameText } from '../../src/text/portal-frame.ts';
import { buyerOrderText } from '../../src/text/buyer-order.ts';
import { portalOrdersText } from '../../src/text/portal-orders.ts';
import { portalText } from '../../src/text/portal.ts';
import { shopBasketText } from '../../src/text/shop-basket.ts';
import { shopCatalogueText } from '../../src/text/shop-catalogue.ts';
import { shopCheckoutText } from '../../src/text/shop-checkout.ts';
import { shopReviewText } from '../../src/text/shop-review.ts';
import type { Hand } from './hands.ts';

/** Who travels, how and where. */
export type Walk = {
  readonly live: Live;
  readonly visitor: Visitor;
  readonly hand: Hand;
  readonly language: Language;
  readonly person: Person;
};

/** The page where somebody is. */
export type Place = Pick<Walk, 'visitor' | 'language'>;

export type Person = {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly street: string;
  readonly postalCode: string;
  readonly town: string;
};

/** The product that the journeys order. */
export const wanted = demoItems[1] as (typeof demoItems)[number];

/** Somebody with strings that are nobody else's, so that they can be searched for. */
export function somebody(word: string): Person {
  return {
    email: `${word}.journey@example.se`,
    name: `Åsa ${word}sdotter Ögren`,
    password: `fem gröna ${word} i regnet`,
    street: `${word}gränd 17 B`,
    postalCode: '50630',
    town: 'Borås',
  };
}

/** The strings of a person that must not stand anywhere outside what is sealed. */
export function stringsOf({ email, name, password, street }: Person): string[] {
  return [email, name, password, street];
}

/** Looks at the page where the walk is: accessible, printable, with a heading, and in the walk's language. */
export async function look(walk: Place, heading?: string | RegExp): Promise<void> {
  const { page } = walk.visitor;
  await assertAccessible(walk.visitor);
  await assertPrintable(walk.visitor);
  assert.equal(await page.locator('html').getAttribute('lang'), walk.language);
  const title = await page.getByRole('heading', { level: 1 }).innerText();
  if (typeof heading === 'string') assert.equal(title, heading);
  if (heading instanceof RegExp) assert.match(title, heading);
}

export function textOf({ visitor }: Place): Promise<string> {
  return visitor.page.getByRole('main').innerText();
}

export async function assertShows(walk: Place, ...words: readonly string[]): Promise<void> {
  const text = await textOf(walk);
  for (const one of words) assert.ok(text.includes(one), `the page does not show "${one}"`);
}

/** From the start page to the page that says that a letter is on its way. */
export async function askToSignUp(walk: Walk): Promise<void> {
  const { live, hand, visitor, person } = walk;
  const words = portalText[walk.language];
  await visitor.page.goto(live.origin);
  await look(walk, words.start.heading);
  await hand.follow(words.start.createAccount);
  await look(walk, words.signUp.title);
  assert.equal(await hand.press(words.signUp.send), 422);
  await assertShows(walk, words.faults.email.missing);
  await look(walk, words.signUp.title);
  await hand.write(words.signUp.email, person.email);
  assert.equal(await hand.press(words.signUp.send), 200);
  await look(walk, words.sent.title);
}

/** Opens the letter on the mailbox page and follows its link to the form that makes the account. */
export async function openConfirmation(walk: Walk): Promise<void> {
  const { live, visitor, hand, person } = walk;
  const words = mailText[walk.language].confirm;
  const letter = await live.mail(person.email, '/confirm/');
  assert.equal(letter.subject, words.subject);
  await visitor.page.goto(letter.url);
  await assertSigned(visitor);
  await hand.follow(/\/confirm\//);
  await look(walk, portalText[walk.language].confirm.title);
}

export async function assertSigned({ page }: Visitor): Promise<void> {
  const text = await page.locator('body').innerText();
  assert.match(text, /DKIM by example\.se, valid/);
}

/** First with a password that is too short, which must keep the name; then right. */
export async function createAccount(walk: Walk): Promise<void> {
  const { hand, visitor, person } = walk;
  const all = portalText[walk.language];
  const words = all.confirm;
  await hand.write(words.name, person.name);
  await hand.write(words.password, 'kort');
  assert.equal(await hand.press(words.create), 422);
  await assertShows(walk, all.faults.password['too-short']);
  await look(walk, words.title);
  const kept = await visitor.page.getByLabel(words.name, { exact: true }).inputValue();
  assert.equal(kept, person.name);
  await hand.write(words.password, person.password);
  assert.equal(await hand.press(words.create), 200);
  await look(walk, all.overview.hello(person.name));
}

/** The same page in the other language, and back again. */
export async function switchLanguage(walk: Walk): Promise<void> {
  const { hand, visitor, language } = walk;
  const other = language === 'sv' ? 'en' : 'sv';
  const path = visitor.page.url();
  await hand.pressInFrame(portalFrameText[language].otherLanguage);
  assert.equal(visitor.page.url(), path);
  await look({ visitor, language: other });
  await hand.pressInFrame(portalFrameText[other].otherLanguage);
  assert.equal(visitor.page.url(), path);
  await look(walk);
}

/** Out and in again, by way of the page that says that one is out. */
export async function signOutAndIn(walk: Walk): Promise<void> {
  const { hand, language, person } = walk;
  await hand.pressInFrame(portalFrameText[language].signOut);
  await assertShows(walk, portalText[language].start.signedOut);
  await look(walk);
  await hand.menu(portalFrameText[language].signIn);
  await look(walk, portalText[language].signIn.title);
  assert.equal(await signIn(walk), 200);
  await look(walk, portalText[language].overview.hello(person.name));
}

export async function signUp(walk: Walk): Promise<void> {
  await askToSignUp(walk);
  await switchLanguage(walk);
  await openConfirmation(walk);
  await createAccount(walk);
}

/** Signs in at the page that the visitor was sent to, or at the sign-in page. The status of what follows. */
export async function signIn(walk: Omit<Walk, 'live'>): Promise<number> {
  const { hand, person } = walk;
  const words = portalText[walk.language].signIn;
  await hand.write(words.email, person.email);
  await hand.write(words.password, person.password);
  return hand.press(words.submit);
}

/** Orders two of the wanted product, to be paid when they come. Returns the order's number. */
export async function orderProduct(walk: Walk): Promise<string> {
  const { hand, visitor, language } = walk;
  await fillBasket(walk);
  await goThroughCheckout(walk);
  const words = portalOrdersText[language].order;
  const total = money(2 * wanted.priceOre, language);
  assert.equal(await hand.press(shopReviewText[language].buyOnSite(total)), 200);
  await assertShows(walk, buyerOrderText[language].news.placed);
  await look(walk);
  const title = await visitor.page.getByRole('heading', { level: 1 }).innerText();
  return title.replace(words.title(''), '');
}

/** From the start page to a basket with two of the wanted product. */
export async function fillBasket(walk: Walk): Promise<void> {
  const { hand, language } = walk;
  const { item: words } = shopCatalogueText[language];
  await hand.menu(portalFrameText[language].start);
  await hand.follow(wanted.name[language]);
  await look(walk, wanted.name[language]);
  await hand.write(words.quantity, '0');
  assert.equal(await hand.press(words.add), 422);
  await look(walk, wanted.name[language]);
  await hand.write(words.quantity, '2');
  assert.equal(await hand.press(words.add), 200);
  await assertShows(walk, shopBasketText[language].added, wanted.name[language]);
  await look(walk, shopBasketText[language].title);
}

/** From the basket to the review. First without a street, which must keep the rest. */
async function goThroughCheckout(walk: Walk): Promise<void> {
  const { hand, visitor, person, language } = walk;
  const { form, faults } = shopCheckoutText[language];
  assert.equal(await hand.press(shopBasketText[language].checkout), 200);
  await look(walk, form.title);
  await hand.write(form.postalCode, person.postalCode);
  await hand.write(form.town, person.town);
  assert.equal(await hand.press(form.toReview), 422);
  await assertShows(walk, faults.street.missing);
  await look(walk, form.title);
  const kept = await visitor.page.getByLabel(form.town, { exact: true }).inputValue();
  assert.equal(kept, person.town);
  await hand.write(form.street, person.street);
  await hand.choose(form.ways['on-site']);
  assert.equal(await hand.press(form.toReview), 200);
  await look(walk, shopReviewText[language].title);
  await assertShows(walk, person.street, wanted.name[language]);
}
