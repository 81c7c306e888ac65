import assert from 'node:assert/strict';
import type { ElementHandle, Locator, Page } from 'playwright-core';
import type { Visitor } from '../browser.ts';

/** How somebody uses a page: by pointing, or by keyboard alone. Everything is named by its words, as people see it. */
export type Hand = {
  /** Writes into the field with this label, over what stands there. */
  write(label: string, text: string): Promise<void>;
  /** Chooses one of several, or ticks a box, by its label. */
  choose(label: string | RegExp): Promise<void>;
  /** Presses a button and waits for the page that comes; its status. */
  press(name: string | RegExp): Promise<number>;
  /** Follows a link to the page that comes; its status. */
  follow(name: string | RegExp): Promise<number>;
  /** Goes to an entry of the main menu, which is behind a button on a phone. */
  menu(name: string): Promise<number>;
  /** Presses a button of the frame around the page, such as the one for the other language. */
  pressInFrame(name: string): Promise<number>;
  /** Presses or follows what answers with a file; its text and its name. */
  download(name: string): Promise<{ readonly text: string; readonly name: string }>;
};

type Role = 'button' | 'link';

const tabsMax = 150;

/** A finger or a mouse. */
export function pointer(visitor: Visitor): Hand {
  const { page } = visitor;
  return {
    write: (label, text) => fieldOf(page, label).fill(text),
    choose: (label) => choiceOf(page, label).check(),
    press: (name) => leave(visitor, async () => (await thing(page, 'button', name)).click()),
    follow: (name) => leave(visitor, async () => (await thing(page, 'link', name)).click()),
    menu: (name) => leave(visitor, () => pointInMenu(page, entryOf(page, name))),
    pressInFrame: (name) => leave(visitor, () => pointInMenu(page, frameButton(page, name))),
    download: (name) => receive(page, async () => (await thing(page, 'link', name)).click()),
  };
}

/** Tab, Enter and letters: what is not reached by Tab cannot be used. */
export function keyboard(visitor: Visitor): Hand {
  const { page } = visitor;
  const use = async (target: Locator) => {
    await tabTo(page, target);
    await page.keyboard.press('Enter');
  };
  return {
    write: async (label, text) => {
      await tabTo(page, fieldOf(page, label));
      await page.keyboard.press('ControlOrMeta+a');
      if (text === '') await page.keyboard.press('Delete');
      else await page.keyboard.type(text);
    },
    choose: (label) => tabToChoice(page, choiceOf(page, label)),
    press: (name) => leave(visitor, async () => use(await thing(page, 'button', name))),
    follow: (name) => leave(visitor, async () => use(await thing(page, 'link', name))),
    menu: (name) => leave(visitor, () => use(entryOf(page, name))),
    pressInFrame: (name) => leave(visitor, () => use(frameButton(page, name))),
    download: (name) => receive(page, async () => use(await thing(page, 'link', name))),
  };
}

function fieldOf(page: Page, label: string): Locator {
  return page.getByRole('main').getByLabel(label, { exact: true });
}

function choiceOf(page: Page, label: string | RegExp): Locator {
  const options = typeof label === 'string' ? { exact: true } : {};
  return page.getByRole('main').getByLabel(label, options).first();
}

/** The first such thing of the page's own content, or where there is none, of the frame around it. */
async function thing(page: Page, role: Role, name: string | RegExp): Promise<Locator> {
  const options = typeof name === 'string' ? { name, exact: true } : { name };
  const own = page.getByRole('main').getByRole(role, options);
  return (await own.count()) > 0 ? own.first() : page.getByRole(role, options).first();
}

function entryOf(page: Page, name: string): Locator {
  return page.getByRole('navigation').getByRole('link', { name, exact: true }).first();
}

function frameButton(page: Page, name: string): Locator {
  return page.getByRole('banner').getByRole('button', { name, exact: true });
}

async function pointInMenu(page: Page, target: Locator): Promise<void> {
  const opener = page.locator('.menu-button');
  if (await opener.isVisible()) await opener.click();
  await target.click();
}

async function leave(visitor: Visitor, act: () => Promise<void>): Promise<number> {
  await Promise.all([visitor.page.waitForEvent('load'), act()]);
  return visitor.status();
}

async function receive(page: Page, act: () => Promise<void>) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return { text: Buffer.concat(chunks).toString('utf8'), name: download.suggestedFilename() };
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  const element = await target.elementHandle();
  assert.ok(element);
  for (let tabs = 0; tabs < tabsMax; tabs++) {
    if (await element.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not reach ${target.toString()}`);
}

/** One of several radio buttons is reached by Tab, the others from there by arrows; a box by Tab. Space chooses. */
async function tabToChoice(page: Page, target: Locator): Promise<void> {
  const element = (await target.elementHandle()) as ElementHandle<HTMLInputElement> | null;
  assert.ok(element);
  const isThere = () => element.evaluate((one) => one === document.activeElement);
  const isBeside = () =>
    element.evaluate((one) => {
      const { activeElement: other } = document;
      return other instanceof HTMLInputElement && one.type === 'radio' && other.name === one.name;
    });
  for (let tabs = 0; tabs < tabsMax && !(await isThere()); tabs++)
    await page.keyboard.press((await isBeside()) ? 'ArrowDown' : 'Tab');
  assert.ok(await isThere(), `Tab does not reach ${target.toString()}`);
  await page.keyboard.press('Space');
  assert.ok(await element.isChecked());
}
