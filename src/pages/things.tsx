import type { Child, PropsWithChildren } from 'hono/jsx';

import { href } from './href.ts';

/** A raised sheet for the one thing that matters most on a page, such as the next booking. */
export function Panel(
  props: PropsWithChildren<{ id: string; kicker?: string | undefined; heading: Child }>,
) {
  return (
    <section class="panel" aria-labelledby={props.id}>
      {props.kicker !== undefined && <p class="kicker">{props.kicker}</p>}
      <h2 id={props.id}>{props.heading}</h2>
      {props.children}
    </section>
  );
}

export interface ThingProps {
  name: string;
  /** The level of its heading: 2 straight below the page's title, 3 below a section. */
  level?: 2 | 3 | undefined;
  href?: string | undefined;
  price?: Child;
  /** A short line below the price, such as `inkl. moms` or `60 minuter`. */
  priceNote?: string | undefined;
  description?: Child;
  badge?: Child;
  picture?: PictureProps | undefined;
  /** What there is to know at a glance: `3 kvar`, `60 minuter`. */
  state?: string | null | undefined;
  /** There is none of it left: then the state is said louder. */
  isOut?: boolean | undefined;
}

/** A product, a service or a ticket in the catalogue; the action, usually a small form, is its child. */
export function Thing(props: PropsWithChildren<ThingProps>) {
  const Heading = props.level === 3 ? 'h3' : 'h2';
  return (
    <article class={props.picture === undefined ? 'thing' : 'thing thing--pictured'}>
      {props.picture !== undefined && <Picture {...props.picture} />}
      <div class="thing__words">
        <Heading class="thing__name">
          {props.href === undefined ? props.name : <a href={href(props.href)}>{props.name}</a>}
        </Heading>
        {props.description !== undefined && <p>{props.description}</p>}
        {props.badge}
        {props.state != null && (
          <p class={props.isOut === true ? 'thing__state thing__state--out' : 'thing__state'}>
            {props.state}
          </p>
        )}
      </div>
      <div class="thing__deal">
        {props.price !== undefined && (
          <p class="thing__price">
            {props.price}
            {props.priceNote !== undefined && <span>{props.priceNote}</span>}
          </p>
        )}
        {props.children}
      </div>
    </article>
  );
}

export interface PictureProps {
  src: string;
  alternative: string;
  widthPx: number;
  heightPx: number;
}

/** A small picture of a thing. All have one shape, and room is kept for it, so that nothing moves when it has come. */
function Picture(props: PictureProps) {
  return (
    <img
      class="picture"
      src={href(props.src)}
      alt={props.alternative}
      width={props.widthPx}
      height={props.heightPx}
      loading="lazy"
      decoding="async"
    />
  );
}

/** The pictures of one thing in their own shapes, the first one large. Nothing where there are none. */
export function Pictures({ pictures }: { pictures: readonly PictureProps[] }) {
  if (pictures.length === 0) return null;
  return (
    <div class="pictures">
      {pictures.map(({ src, alternative, widthPx, heightPx }, index) => (
        <img
          src={href(src)}
          alt={alternative}
          width={widthPx}
          height={heightPx}
          loading={index === 0 ? 'eager' : 'lazy'}
          decoding="async"
        />
      ))}
    </div>
  );
}

/** Several things below one another, with a line between. */
export function Things({ children }: PropsWithChildren) {
  return <div class="things">{children}</div>;
}

/** Content with a side column, first on a phone and to the left on a wide screen. */
export function WithAside(props: PropsWithChildren<{ aside: Child }>) {
  return (
    <div class="with-aside">
      <div class="with-aside__aside">{props.aside}</div>
      <div class="with-aside__content">{props.children}</div>
    </div>
  );
}

/** Two equal columns that become one on a phone. */
export function Columns({ children }: PropsWithChildren) {
  return <div class="columns">{children}</div>;
}
