import type { PropsWithChildren } from 'hono/jsx';

import { Document, LanguageSwitch, Main, Menu, MenuButton, SignedInTools } from './document.tsx';
import { href, mailHref, telephoneHref } from './href.ts';
import { Icon, type IconName } from './icons.tsx';
import type { Company, FrameProps, FrameWords, NavigationLink, PageWords } from './page-words.ts';

/** A customer page. */
export interface PageProps extends FrameProps {
  nav: readonly NavigationLink[];
  words: PageWords;
  /** Where the notice and the accessibility statement stand, and other links for the foot. */
  noticeHref: string;
  accessibilityHref: string;
  /** The basket, always in sight; `about` says in words what the count means. */
  basket?: { href: string; label: string; count: number; about: string } | undefined;
  footLinks?: readonly NavigationLink[] | undefined;
}

/** A staff page. */
export interface ConsolePageProps extends FrameProps {
  nav: readonly (NavigationLink & { icon: IconName })[];
  /** What this room is called beside the company's name, such as `Personal`. */
  room: string;
  words: FrameWords;
}

/** A whole customer page: head with the word mark and menu, the content, and the foot with contact. */
export function Page(props: PropsWithChildren<PageProps>) {
  return (
    <Document frame={props} words={props.words} sheet="portal.css">
      <header class="site-head">
        <div class="site-head__inner">
          <a class="word-mark" href="/">
            {props.company.name}
          </a>
          {props.basket && <BasketLink {...props.basket} />}
          <MenuButton words={props.words} />
          <Menu words={props.words}>
            <nav aria-label={props.words.mainNavigation}>
              <NavigationList links={props.nav} />
            </nav>
            <div class="menu__tools">
              <LanguageSwitch language={props.language} words={props.words} path={props.path} />
              {props.signedIn && <SignedInTools signedIn={props.signedIn} words={props.words} />}
            </div>
          </Menu>
        </div>
      </header>
      <Main refreshSeconds={props.refreshSeconds}>{props.children}</Main>
      <SiteFoot {...props} />
    </Document>
  );
}

function BasketLink(props: NonNullable<PageProps['basket']>) {
  return (
    <a class="basket-link" href={href(props.href)}>
      <Icon name="shopping-basket" />
      <span class="basket-link__word">{props.label}</span>
      {props.count > 0 && (
        <span class="basket-link__count">
          <span aria-hidden="true">{props.count}</span>
          <span class="visually-hidden">{props.about}</span>
        </span>
      )}
    </a>
  );
}

/** A whole staff page: rooms in a side column, the content beside it. */
export function ConsolePage(props: PropsWithChildren<ConsolePageProps>) {
  return (
    <Document frame={props} words={props.words} sheet="console.css">
      <header class="rail">
        <a class="word-mark" href="/console">
          {props.company.name} <span class="word-mark__room">{props.room}</span>
        </a>
        <MenuButton words={props.words} />
        <Menu words={props.words}>
          <nav aria-label={props.words.mainNavigation}>
            <NavigationList links={props.nav} />
          </nav>
          <div class="menu__tools">
            {props.signedIn && <SignedInTools signedIn={props.signedIn} words={props.words} />}
            <LanguageSwitch language={props.language} words={props.words} path={props.path} />
          </div>
        </Menu>
      </header>
      <Main refreshSeconds={props.refreshSeconds}>{props.children}</Main>
    </Document>
  );
}

/** A page of somebody who performs services: a few places that are always in sight, also on a phone in one hand. */
export function ProviderPage(props: PropsWithChildren<ConsolePageProps>) {
  return (
    <Document frame={props} words={props.words} sheet="console.css">
      <header class="bar">
        <a class="word-mark" href="/provider">
          {props.company.name} <span class="word-mark__room">{props.room}</span>
        </a>
        <nav aria-label={props.words.mainNavigation}>
          <NavigationList links={props.nav} />
        </nav>
      </header>
      <Main>{props.children}</Main>
      <footer class="bar-foot">
        {props.signedIn && <SignedInTools signedIn={props.signedIn} words={props.words} />}
        <LanguageSwitch language={props.language} words={props.words} path={props.path} />
      </footer>
    </Document>
  );
}

function NavigationList(props: {
  links: readonly (NavigationLink & { icon?: IconName | undefined })[];
}) {
  return (
    <ul class="nav-list">
      {props.links.map((link) => (
        <li>
          <a href={href(link.href)} aria-current={link.current === true ? 'page' : undefined}>
            {link.icon !== undefined && <Icon name={link.icon} />}
            {link.label}
          </a>
        </li>
      ))}
    </ul>
  );
}

function SiteFoot(props: PageProps) {
  const links = [
    { href: props.noticeHref, label: props.words.notice },
    { href: props.accessibilityHref, label: props.words.accessibility },
    ...(props.footLinks ?? []),
  ];
  return (
    <footer class="site-foot">
      <div class="site-foot__inner">
        <ContactBlock company={props.company} words={props.words} />
        <nav aria-labelledby="more-heading">
          <h2 id="more-heading">{props.words.moreLinks}</h2>
          <NavigationList links={links} />
        </nav>
      </div>
    </footer>
  );
}

function ContactBlock({ company, words }: { company: Company; words: PageWords }) {
  return (
    <section class="contact" aria-labelledby="contact-heading">
      <div>
        <h2 id="contact-heading">{words.contact}</h2>
        <ul>
          {company.telephone !== undefined && (
            <li>
              <a href={telephoneHref(company.telephone)}>{company.telephone}</a>
            </li>
          )}
          {company.emailAddress !== undefined && (
            <li>
              <a href={mailHref(company.emailAddress)}>{company.emailAddress}</a>
            </li>
          )}
          {company.hours !== undefined && <li>{company.hours}</li>}
        </ul>
      </div>
      <address>
        <strong>{company.name}</strong>
        {company.addressLines.map((line) => (
          <span>{line}</span>
        ))}
        <span>{`${words.organisationNumber} ${company.organisationNumber}`}</span>
      </address>
    </section>
  );
}
